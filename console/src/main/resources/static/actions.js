// What one can do to the lab's own group: each button asks the console, which decides.

import { html, useRef, useState } from './vendor/htm-preact-3.1.1.js';
import { byName, isProduct, lang, say } from './words.js';
import { Action, Panel } from './parts.js';

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

/** In which states an instance cannot do what, and why. */
const CANNOT = {
	start: { RUNNING: 'running', PAUSED: 'running' },
	stop: { STOPPED: 'stopped' },
	kill: { STOPPED: 'stopped' },
	pause: { STOPPED: 'stopped', PAUSED: 'paused' },
	resume: { STOPPED: 'stopped', RUNNING: 'not-paused' },
	handling: { STOPPED: 'stopped', PAUSED: 'paused' },
};

function whyNot(name, { state }, action) {
	const reason = state === 'ELSEWHERE' ? 'elsewhere' : CANNOT[action][state];
	return reason && say(`board.why.${reason}`, name);
}

export function Actions({ state: { instances = {}, partitions = {}, broker, source } }) {
	const { act, busy, refused } = useActs();
	const names = Object.keys(instances).sort(byName);
	// beside product1 and product2 one that is not running is there to be added
	const further = names.find((name) => /^product([3-9]|\d\d)/.test(name) && instances[name].state === 'STOPPED');
	const away = broker?.state !== 'UP' && say('board.why.broker');
	const { order = { state: 'STOPPED' } } = instances;
	const noOrder = order.state !== 'ELSEWHERE' && whyNot('order', order, 'handling');
	return html`<${Panel} id="actions" title=${say('board.actions')}>
		<p id="refused" class="refused" role="alert" hidden=${!refused}>${refused}</p>
		<${Send} act=${act} why=${away || busy.orders || noOrder} />
		<${Grow} act=${act} why=${away || busy.partitions} topic=${source.topic}
			now=${Object.values(partitions).filter(({ topic }) => topic === source.topic).length} />
		<ul>${names.filter((name) => name !== further).map((name) => html`<${Instance} key=${name} name=${name} instance=${instances[name]}
			busy=${busy[`instances/${name}`]} act=${act} />`)}</ul>
		${further && html`<${Action} name="start" instance=${further} why=${busy[`instances/${further}`]}
			onClick=${() => act(`instances/${further}/start`)}>+ ${further}<//>`}
	<//>`;
}

function Send({ act, why }) {
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
		<b>${say('board.send')}</b>
		${[1, 10, 200].map((number) => html`<${Action} name="send" number=${number} why=${why} onClick=${() => send(number)}>
			${number === 200 ? say('board.send.burst', number) : number}<//>`)}
		<label>${say('board.send.key')} <select id="keys" value=${keys} onChange=${({ target }) => setKeys(target.value)}>
			${['NONE', 'ONE', 'RANDOM'].map((choice) => html`<option value=${choice}>${say(`board.key.${choice}`)}</option>`)}
		</select></label>
		<p id="sent" role="status">${answer || ''}</p>
	</div>`;
}

function Grow({ act, why, topic, now }) {
	const dialog = useRef();
	const total = now + 1;
	return html`<div class="acts">
		<${Action} name="grow" why=${why || (now === 0 && say('board.why.no-topic', topic))}
			onClick=${() => dialog.current.showModal()}>${say('board.grow')}<//>
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

function Instance({ name, instance, busy, act }) {
	const { state, port, handlingMs = 0 } = instance;
	const why = (action) => busy || whyNot(name, instance, action);
	const slow = why('handling');
	return html`<li class="instance" data-instance=${name} data-state=${state}>
		<b>${name}</b> <span class="dim">:${port} · ${say(`board.instance.${state}`)}</span>
		<div class="acts" role="group" aria-label=${name}>
			${['start', 'stop', 'kill', 'pause', 'resume'].map((action) => html`<${Action} name=${action} instance=${name}
				why=${why(action)} onClick=${() => act(`instances/${name}/${action}`)}>${say(`board.act.${action}`)}<//>`)}
			${isProduct(name) && html`<label>${say('board.slow')}
				<select data-action="handling" data-instance=${name} value=${handlingMs}
					aria-disabled=${slow && 'true'} aria-description=${slow}
					onChange=${({ target }) => act(`instances/${name}/handling`, { handlingMs: Number(target.value) })}>
					${(slow ? [handlingMs] : [...new Set([0, 200, 1000, 5000, handlingMs])]).map((ms) =>
						html`<option value=${ms}>${say('board.ms', ms)}</option>`)}</select></label>`}
		</div>
	</li>`;
}
