// What one can do to the lab's own group: each button asks the console, which decides.

import { html, useRef, useState } from './vendor/htm-preact-3.1.1.js';
import { isProduct, lang, say } from './words.js';
import { Action } from './parts.js';

async function request(path, options) {
	const response = await fetch(`api/${path}?lang=${lang}`, options);
	const answer = await response.json();
	return response.ok ? answer : Promise.reject(new Error(answer.detail));
}

/** Asks the console, and has it act: on which subjects it still works, and why it refused what was asked last. */
export function useActs() {
	const [refused, setRefused] = useState();
	const [busy, setBusy] = useState({});
	const ask = async (path, options) => {
		setRefused();
		try {
			return await request(path, options);
		} catch (error) {
			setRefused(error instanceof TypeError ? say('board.lost') : error.message);
		}
	};
	const act = async (path, body = {}) => {
		const subject = path.split('/', 2).join('/');
		setBusy((before) => ({ ...before, [subject]: say('board.why.busy') }));
		const answer = await ask(path,
			{ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
		setBusy((before) => ({ ...before, [subject]: undefined }));
		return answer;
	};
	return { ask, act, busy, refused };
}

/** What can be done to an instance in which state. */
const CAN = { RUNNING: ['stop', 'kill', 'pause'], PAUSED: ['resume', 'kill'], STOPPED: ['start'], ELSEWHERE: [] };

const away = ({ broker }) => broker?.state !== 'UP' && say('board.why.broker');

/** The buttons of an instance. Those that it cannot take now are not there. */
export function Controls({ name, instance: { state, port, handlingMs }, doing: { act, busy }, named }) {
	const why = busy[`instances/${name}`];
	const times = [...new Set([0, 200, 1000, 5000, handlingMs ?? 0])];
	return html`<div class="acts instance" role="group" aria-label=${name} data-instance=${name} data-state=${state}>
		${named && html`<span class="dim">${name}</span>`}
		${CAN[state].map((action) => html`<${Action} key=${action} name=${action} instance=${name} why=${why}
			onClick=${() => act(`instances/${name}/${action}`)}>${say(`board.act.${action}`)}<//>`)}
		${state === 'ELSEWHERE' && html`<span class="dim">${say('board.elsewhere', port)}</span>`}
		${isProduct(name) && state === 'RUNNING' && html`<label class="dim">${say('board.slow')}
			<select data-action="handling" data-instance=${name} value=${handlingMs ?? 0} aria-disabled=${why ? 'true' : undefined}
				onChange=${({ target }) => act(`instances/${name}/handling`, { handlingMs: Number(target.value) })}>
				${times.map((ms) => html`<option value=${ms}>${say('board.ms', ms)}</option>`)}</select></label>`}
	</div>`;
}

/** Starts one more instance. */
export function Add({ name, doing: { act, busy } }) {
	return html`<div class="acts"><${Action} name="start" instance=${name} why=${busy[`instances/${name}`]}
		onClick=${() => act(`instances/${name}/start`)}>+ ${name}<//></div>`;
}

export function Send({ state, doing: { act, busy } }) {
	const { order = { state: 'STOPPED' } } = state.instances ?? {};
	const why = away(state) || busy.orders || (order.state === 'STOPPED' && say('board.why.stopped', 'order'))
		|| (order.state === 'PAUSED' && say('board.why.paused', 'order'));
	const [keys, setKeys] = useState('NONE');
	const [answer, setAnswer] = useState();
	const send = async (number) => {
		const { placed = [], repetitions = 0 } = await act('orders', { number, keys }) ?? {};
		const taken = {};
		placed.forEach(({ partition }) => (taken[partition] = (taken[partition] ?? 0) + 1));
		setAnswer(placed.length && [say('board.sent', placed.length),
			...Object.entries(taken).map(([partition, times]) => say('board.sent.to', partition, times)),
			...repetitions ? [say('board.sent.again', repetitions)] : []].join(' '));
	};
	return html`<div class="acts" role="group" aria-label=${say('board.send')}>
		${[1, 10, 200].map((number) => html`<${Action} name="send" number=${number} why=${why} onClick=${() => send(number)}>
			${number === 200 ? say('board.send.burst', number) : `+${number}`}<//>`)}
		<label class="dim">${say('board.send.key')} <select id="keys" value=${keys} onChange=${({ target }) => setKeys(target.value)}>
			${['NONE', 'ONE', 'RANDOM'].map((choice) => html`<option value=${choice}>${say(`board.key.${choice}`)}</option>`)}
		</select></label>
	</div>
	<p id="sent" role="status">${answer || ''}</p>`;
}

export function Grow({ state, doing: { act, busy } }) {
	const dialog = useRef();
	const { topic } = state.source;
	const now = Object.values(state.partitions ?? {}).filter((partition) => partition.topic === topic).length;
	const total = now + 1;
	return now > 0 && html`<div class="acts">
		<${Action} name="grow" why=${away(state) || busy.partitions} onClick=${() => dialog.current.showModal()}>
			+ ${say('board.grow')}<//>
		<dialog id="grow" ref=${dialog} aria-labelledby="grow-title">
			<form method="dialog">
				<h2 id="grow-title">${say('board.grow.title', topic, now, total)}</h2>
				<p>${say('board.grow.warning')}</p>
				<p class="acts">
					<button data-action="grow-confirm" onClick=${() => act('partitions', { total })}>
						${say('board.grow.confirm', total)}</button>
					<button data-action="grow-cancel">${say('board.cancel')}</button>
				</p>
			</form>
		</dialog>
	</div>`;
}
