// A lesson beside the board: it asks, says what to press, and waits until the console has observed the answer.

import { html, useEffect, useLayoutEffect, useRef, useState } from './vendor/htm-preact-3.1.1.js';
import { lang, parameter, keep, say } from './words.js';

const ASK_AGAIN = 1000;

async function request(path, options) {
	const response = await fetch(`api/${path}?lang=${lang}`, options);
	return response.ok ? response.json() : Promise.reject(response.status);
}

/** The lesson that is open, and how far the learner is: the console knows. */
export function useRail(acts) {
	const [name, setName] = useState(parameter('rail') ?? undefined);
	const [rail, setRail] = useState();
	const [progress, setProgress] = useState();
	const posts = useRef(0);
	const path = `rails/${encodeURIComponent(name)}`;
	useEffect(() => {
		keep('rail', name);
		setRail();
		setProgress();
		if (!name || !acts) {
			return undefined;
		}
		let timer;
		let closed = false;
		const ask = async () => {
			try {
				if (!document.hidden) {
					const before = posts.current;
					const next = await request(`${path}/progress`);
					// what was asked before an answer is older than the answer
					closed || before !== posts.current || setProgress(next);
				}
			} catch {
				// the page says that the console is away
			}
			timer = closed ? undefined : setTimeout(ask, ASK_AGAIN);
		};
		request(path).then((found) => closed || (setRail(found), ask()), (problem) => closed || setRail({ problem }));
		return () => {
			closed = true;
			clearTimeout(timer);
		};
	}, [name, acts]);
	const post = (what, body = {}) => {
		posts.current++;
		return request(`${path}/${what}`,
			{ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
			.then(setProgress, () => undefined);
	};
	return {
		name, rail, progress, close: () => setName(),
		/** The first one that is not done. */
		open: async () => {
			const lessons = (await request('lessons').catch(() => [])).filter(({ onBoard }) => onBoard);
			setName((lessons.find(({ state }) => state !== 'DONE') ?? lessons[0])?.name);
		},
		choose: (answer) => post('answer', { task: progress.task, answer }),
		again: () => post('again'),
	};
}

/** The button of the page that an instruction is about. */
export function selector(target) {
	const [action, what] = target.split(' ');
	return action === 'grow' ? '[data-action=grow],[data-action=grow-confirm]'
		: action === 'send' ? `[data-action=send][data-number="${what}"]` : `[data-action=${action}][data-instance=${what}]`;
}

export function Rail({ name, rail, progress, acts, choose, again, close }) {
	return html`<section id="rail" aria-labelledby="rail-title">
		<header>
			<h2 id="rail-title">${rail?.title ?? say('board.rail')}</h2>
			<button type="button" class="quiet" data-action="rail-close" aria-label=${say('board.rail.close')} onClick=${close}>×</button>
		</header>
		${!acts ? html`<p>${say('board.rail.elsewhere')}</p>`
			: rail?.problem ? html`<p>${say(rail.problem === 404 ? 'board.rail.unknown' : 'board.lost', name)}</p>`
				: rail && progress ? html`<${Lesson} rail=${rail} progress=${progress} choose=${choose} again=${again} />`
					: html`<p>${say('board.waiting')}</p>`}
	</section>`;
}

const Html = ({ of, tag = 'div', ...attributes }) => html`<${tag} ...${attributes} dangerouslySetInnerHTML=${{ __html: of }} />`;

function Lesson({ rail, progress, choose, again }) {
	const { ticks, task, stage } = progress;
	const current = rail.tasks[task]?.step;
	const { panel, title } = useFocus(task);
	const target = stage === 'WATCH' && rail.tasks[task].instructions[progress.instruction].target;
	const last = rail.tasks[task - 1];
	return html`
		${target && html`<style>${selector(target)} { outline: 3px dashed var(--c4); outline-offset: 3px; }</style>`}
		<ol class="steps">${rail.steps.map(({ number, title: named }) => html`<li key=${number} data-step=${number}
			data-done=${ticks.includes(number)} aria-current=${number === current ? 'step' : undefined}>
			<span class="tick" aria-hidden="true">${ticks.includes(number) ? '✓' : ''}</span> ${number}. ${named}
			${ticks.includes(number) && html`<span class="unseen">${say('board.rail.done')}</span>`}</li>`)}</ol>
		<p class="unseen" role="status">${last && last.step !== current ? say('board.rail.ticked', last.step) : ''}</p>
		<div class="task" ref=${panel} data-task=${task} data-stage=${stage}>
			<${Result} key=${`result ${task}`} task=${last} chosen=${progress.chosen[task - 1]}
				folded=${task in progress.chosen} />
			${current ? html`<${Task} key=${task} title=${title} step=${rail.steps.find(({ number }) => number === current)}
					task=${rail.tasks[task]} progress=${progress} choose=${choose} />`
				: html`<div key="done" class="doing"><h3 ref=${title} tabindex="-1">✓ ${say('board.rail.finished')}</h3>
					<button type="button" data-action="rail-again" onClick=${again}>${say('board.rail.again')}</button></div>`}
		</div>
		<p class="dim"><a href=${`lessons.html?${new URLSearchParams({ lesson: rail.name, lang })}`}>${say('board.rail.text')}</a>
			${rail.others.length > 1 && html` · ${say('board.rail.others')}${rail.others.filter(({ name }) => name !== rail.name)
				.map(({ name, number, title: named }) => html` <a href=${`?${new URLSearchParams({ rail: name, lang })}`}>${number}. ${named}</a>`)}`}</p>`;
}

/** Who used the keyboard in a task that is done is put at the beginning of the next one. */
function useFocus(task) {
	const panel = useRef();
	const title = useRef();
	const inside = panel.current?.contains(document.activeElement);
	useLayoutEffect(() => {
		if (inside && !panel.current.contains(document.activeElement)) {
			title.current?.focus();
		}
	}, [task]);
	return { panel, title };
}

/** What came of the last prediction, and why: folded once the next one is made. */
function Result({ task, chosen, folded }) {
	if (chosen === undefined || !task?.question) {
		return undefined;
	}
	const right = chosen === task.right;
	return html`<details class="result" data-right=${right} open=${!folded}>
		<${Html} tag="summary" class="told" of=${right ? say('board.rail.right', task.choices[chosen])
			: say('board.rail.wrong', task.choices[chosen], task.choices[task.right])} />
		<${Html} of=${task.reason} />
	</details>`;
}

function Task({ step, task, progress, choose, title }) {
	const { stage, observed, instruction } = progress;
	const answer = progress.chosen[progress.task];
	const answered = answer !== undefined;
	return html`<div class="doing">
		<h3 ref=${title} tabindex="-1">${step.number}. ${step.title}</h3>
		${stage === 'NEED' && html`<p>${say('board.rail.need')}</p>
			${observed.map(({ holds }, i) => !holds && html`<${Html} tag="p" class="need" key=${i} of=${task.needs[i]} />`)}
			<${Facts} observed=${observed} />`}
		${stage !== 'NEED' && task.question && html`<${Html} class="question" of=${task.question} />
			<div class="choices" role="group" aria-label=${say('board.rail.predict')}>
				${task.choices.map((choice, i) => html`<${Html} tag="button" type="button" data-answer=${i} key=${i} of=${choice}
					aria-pressed=${i === answer} aria-disabled=${answered ? 'true' : undefined} onClick=${() => answered || choose(i)} />`)}
			</div>`}
		${stage === 'WATCH' && html`<ol class="instructions">${task.instructions.slice(0, instruction + 1).map(({ text }, i) => html`
				<li key=${i} data-done=${i < instruction}><span class="tick" aria-hidden="true">${i < instruction ? '✓' : '→'}</span>${' '}
					<${Html} tag="span" of=${text} /></li>`)}</ol>
			<p class="dim">${say('board.rail.watching')}</p>
			<${Facts} observed=${observed} />`}
	</div>`;
}

/** What has to be observed, and what is. */
const Facts = ({ observed }) => html`<ul class="observed">${observed.map(({ fact, number, member, observed: seen, holds }) => html`
	<li key=${fact} data-fact=${fact} data-holds=${holds}><span class="tick" aria-hidden="true">${holds ? '✓' : '…'}</span>${' '}
		${say(`board.rail.fact.${fact}`, member ?? number)}${!member && seen >= 0 && ` · ${say('board.rail.now', seen)}`}</li>`)}</ul>`;
