// The dead letters of the topic that the group reads. Where the page may act, each can be looked at and returned.

import { html, useRef, useState } from './vendor/htm-preact-3.1.1.js';
import { say } from './words.js';
import { Action, Panel, ago } from './parts.js';
import { useActs } from './actions.js';

/** A row that was clicked is the one that was aimed at: none moves so soon after the pointer has. */
const STILL_MS = 2000;

const offset = (id) => Number(id.slice(id.indexOf('-') + 1));

const newestFirst = (letters) => Object.keys(letters).sort((a, b) =>
	Date.parse(letters[b].at) - Date.parse(letters[a].at) || offset(b) - offset(a));

export function DeadLetters({ letters: { topic, total, open, of, newest = {} }, broker, local, acts }) {
	const { ask, act, busy, refused } = useActs();
	const [answer, setAnswer] = useState();
	const aim = useRef({ until: 0 });
	const ids = newestFirst(newest);
	const aimed = Date.now() < aim.current.until;
	const shown = aimed ? aim.current.ids.filter((id) => id in newest) : ids;
	const why = (broker?.state !== 'UP' && say('board.why.broker')) || Object.values(busy).find(Boolean);
	const returnOne = async (id) => {
		setAnswer();
		const { topic: to, to: place, returns } = await act(`dead-letters/${id}/return`) ?? {};
		setAnswer(place && say('board.letters.done', id, `${to}-${place.replace('-', '@')}`, returns));
	};
	const returnAll = async () => {
		setAnswer();
		const { returned, refused: refusals, refusal = '', left } = await act('dead-letters/return') ?? {};
		setAnswer(returned !== undefined && [say('board.letters.done.all', returned, refusals), refusal,
			left > 0 && say('board.letters.left', left)].filter(Boolean).join(' '));
	};
	const hint = acts ? say('board.letters.hint') : !local && say('board.letters.elsewhere');
	return html`<${Panel} id="dead-letters" title=${say('board.letters')} aside=${html`
		<span class="dim" data-total=${total} data-open=${open}>${say('board.letters.count', topic, total, open)}</span>
		${acts && open > 0 && html`<${Action} name="return-all" why=${why} onClick=${returnAll}>${say('board.letters.return-all')}<//>`}`}>
		<p class="refused" role="alert" hidden=${!refused}>${refused}</p>
		<p class="dim" role="status" hidden=${refused}>${answer || hint}</p>
		<ol class="letters" onPointerMove=${() => {
			aim.current = { until: Date.now() + STILL_MS, ids: aimed ? aim.current.ids : ids };
		}}>
			${shown.map((id) => html`<${Letter} key=${id} id=${id} letter=${newest[id]} acts=${acts} why=${why} ask=${ask}
				onReturn=${() => returnOne(id)} />`)}
		</ol>
		${(of || total > ids.length) && html`<p class="dim">${of ? say('board.letters.newest.of', ids.length, of)
			: say('board.letters.newest', ids.length)}</p>`}
	<//>`;
}

function Letter({ id, letter: { at, origin, cause, returns, returned }, acts, why, ask, onReturn }) {
	const [contents, setContents] = useState();
	const row = useRef();
	const toggle = async () => setContents(contents ? undefined : await ask(`dead-letters/${id}`));
	const giveBack = async () => {
		await onReturn();
		// the button that had the focus goes away
		if (row.current?.contains(document.activeElement)) {
			row.current.querySelector('button').focus();
		}
	};
	const facts = [origin ? say('board.letters.from', `${origin.topic}-${origin.partition}@${origin.offset}`)
		: say('board.letters.no-origin'), ago(at), returns > 0 && say('board.letters.returns', returns)];
	return html`<li ref=${row} class="letter" data-letter=${id} data-returned=${returned}>
		<div class="acts">
			${acts ? html`<button type="button" data-action="contents" aria-expanded=${!!contents}
				aria-label=${say('board.letters.show', id)} onClick=${toggle}>${id}</button>` : html`<b>${id}</b>`}
			<span class="cause">${cause}</span>
			${returned ? html`<span class="tag">${say('board.letters.returned')}</span>`
				: acts && html`<${Action} name="return" why=${why} onClick=${giveBack}>${say('board.letters.return')}<//>`}
		</div>
		<p class="dim">${facts.filter(Boolean).join(' · ')}</p>
		${contents && html`<div class="contents" role="group" tabindex="0" aria-label=${say('board.letters.show', id)}><dl>
			<${Lines} name=${say('board.letters.key')} lines=${contents.key} />
			<${Lines} name=${say('board.letters.value')} lines=${contents.value} />
			${contents.headers.map(({ name, value }) => html`<${Lines} name=${name} lines=${value} />`)}
		</dl></div>`}
	</li>`;
}

function Lines({ name, lines }) {
	return html`<dt>${name}</dt><dd><code>${lines.join('\n')}</code></dd>`;
}
