// What one can do to the lab's own group: each button asks the console, which decides.

import { html, useRef, useState } from './vendor/htm-preact-3.1.1.js';
import { byName, lang, say } from './words.js';
import { Action, Panel } from './parts.js';

async function post(path, body = {}) {
	const response = await fetch(`api/${path}?lang=${lang}`,
		{ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
	const answer = await response.json();
	if (!response.ok) {
		throw new Error(answer.detail);
	}
	return answer;
}

const HANDLING = [0, 200, 1000, 5000];
const KEYS = ['NONE', 'ONE', 'RANDOM'];

export function Actions({ state }) {
	const { instances = {}, partitions = {}, broker = {}, source } = state;
	const [refused, setRefused] = useState();
	const [busy, setBusy] = useState({});
	const act = async (subject, path, body) => {
		setRefused(undefined);
		setBusy((before) => ({ ...before, [subject]: true }));
		try {
			return await post(path, body);
		} catch (error) {
			setRefused(error instanceof TypeError ? say('board.lost') : error.message);
		} finally {
			setBusy((before) => ({ ...before, [subject]: false }));
		}
	};
	const names = Object.keys(instances).sort(byName);
	// the last one is who could come further
	const further = instances[names.at(-1)]?.state === 'STOPPED' ? names.at(-1) : undefined;
	const away = broker.state !== 'UP' && say('board.why.broker');
	return html`<${Panel} id="actions" title=${say('board.actions')}>
		<p id="refused" role="alert" hidden=${!refused}>${refused}</p>
		<${Send} act=${act} why=${away || (busy.orders && say('board.why.busy'))
			|| (['RUNNING', 'ELSEWHERE'].includes(instances.order?.state) ? undefined : whyNot('order', instances.order))} />
		<${Grow} act=${act} why=${away || (busy.partitions && say('board.why.busy'))} topic=${source.topic}
			now=${Object.values(partitions).filter(({ topic }) => topic === source.topic).length} />
		<ul class="instances">${names.filter((name) => name !== further).map((name) => html`
			<${Instance} key=${name} name=${name} instance=${instances[name]} busy=${busy[name]} act=${act} />`)}</ul>
		${further && html`<${Action} name="start" instance=${further} why=${busy[further] && say('board.why.busy')}
			onClick=${() => act(further, `instances/${further}/start`)}>+ ${further}<//>`}
	<//>`;
}

function Send({ act, why }) {
	const [keys, setKeys] = useState('NONE');
	const [answer, setAnswer] = useState();
	const send = async (number) => {
		const sent = await act('orders', 'orders', { number, keys });
		const taken = {};
		for (const { partition } of sent?.placed ?? []) {
			taken[partition] = (taken[partition] ?? 0) + 1;
		}
		setAnswer(sent && [say('board.sent', sent.placed.length),
			...Object.entries(taken).map(([partition, number]) => say('board.sent.to', partition, number))].join(' '));
	};
	return html`<div class="acts" role="group" aria-label=${say('board.send')}>
		<b>${say('board.send')}</b>
		${[1, 10, 200].map((number) => html`<${Action} name="send" instance=${number} why=${why} onClick=${() => send(number)}>
			${say(number === 200 ? 'board.send.burst' : 'board.send.some', number)}<//>`)}
		<label>${say('board.send.key')} <select id="keys" value=${keys} onChange=${({ target }) => setKeys(target.value)}>
			${KEYS.map((choice) => html`<option value=${choice}>${say(`board.key.${choice}`)}</option>`)}</select></label>
		<p id="sent" role="status">${answer}</p>
	</div>`;
}

function Grow({ act, why, topic, now }) {
	const dialog = useRef();
	const total = now + 1;
	const grow = () => act('partitions', 'partitions', { total });
	return html`<div class="acts">
		<${Action} name="grow" why=${why || (now === 0 && say('board.why.no-topic', topic))}
			onClick=${() => dialog.current.showModal()}>${say('board.grow')}<//>
		<dialog id="grow" ref=${dialog} aria-labelledby="grow-title">
			<form method="dialog">
				<h2 id="grow-title">${say('board.grow.title', topic, now, total)}</h2>
				<p>${say('board.grow.warning')}</p>
				<p><button data-action="grow-confirm" onClick=${grow}>${say('board.grow.confirm', total)}</button>
					<button>${say('board.cancel')}</button></p>
			</form>
		</dialog>
	</div>`;
}

function whyNot(name, instance, action) {
	const state = instance?.state ?? 'STOPPED';
	if (state === 'ELSEWHERE') {
		return say('board.why.elsewhere', name);
	}
	if (action === 'start') {
		return state !== 'STOPPED' && say('board.why.running', name);
	}
	if (state === 'STOPPED') {
		return say('board.why.stopped', name);
	}
	if (action === 'resume') {
		return state !== 'PAUSED' && say('board.why.not-paused', name);
	}
	return state === 'PAUSED' && ['pause', 'handling'].includes(action) && say('board.why.paused', name);
}

function Instance({ name, instance, busy, act }) {
	const { state, port, handlingMs = 0 } = instance;
	const why = (action) => (busy ? say('board.why.busy') : whyNot(name, instance, action) || undefined);
	const slow = why('handling');
	const choices = slow ? [handlingMs] : [...new Set([...HANDLING, handlingMs])].sort((a, b) => a - b);
	return html`<li class="instance" data-instance=${name} data-state=${state}>
		<b>${name}</b> <span class="dim">:${port} · ${say(`board.instance.${state}`)}</span>
		<div class="acts" role="group" aria-label=${name}>
			${['start', 'stop', 'kill', 'pause', 'resume'].map((action) => html`<${Action} key=${action} name=${action} instance=${name}
				why=${why(action)} onClick=${() => act(name, `instances/${name}/${action}`)}>${say(`board.act.${action}`)}<//>`)}
			${name !== 'order' && html`<label>${say('board.slow')}
				<select data-action="handling" data-instance=${name} value=${handlingMs} aria-disabled=${slow ? 'true' : undefined}
					aria-description=${slow} onChange=${({ target }) =>
						act(name, `instances/${name}/handling`, { handlingMs: Number(target.value) })}>
					${choices.map((ms) => html`<option value=${ms}>${say('board.ms', ms)}</option>`)}</select></label>`}
		</div>
	</li>`;
}
