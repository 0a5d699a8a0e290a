// The live board: shows the state that the stream or a recording gives, at most ten times a second.

import { html, render, useEffect, useState } from './vendor/htm-preact-3.1.1.js';
import { here, isProduct, known, lang, learnWords, otherLang, parameter, say, sentence, timeOfDay } from './words.js';
import { Replay, follow } from './stream.js';
import { Age, clock, explainOnHoverAndFocus, remember, stale } from './parts.js';
import { Actions } from './actions.js';
import { Flow } from './lanes.js';
import { Lag } from './lag.js';
import { DeadLetters } from './letters.js';
import { Feed, Tables } from './lists.js';
import { Timeline } from './timeline.js';

const view = { state: undefined, received: 0, lost: false, frozen: undefined, replay: undefined, problem: undefined };

function draw() {
	const { state } = view;
	if (state) {
		clock.now = Date.parse(state.now) + (view.replay || view.frozen ? 0 : Date.now() - view.received);
		remember([...Object.keys(state.instances ?? {}).filter(isProduct),
			...Object.keys(state.timeline?.lanes ?? {}), ...Object.keys(state.members ?? {})]);
	}
	render(html`<${Page} ...${view} />`, document.getElementById('board'));
}

let drawn = 0;
let waiting = false;

function drawSoon() {
	if (!waiting) {
		waiting = true;
		setTimeout(() => requestAnimationFrame(() => {
			waiting = false;
			drawn = performance.now();
			draw();
		}), Math.max(0, drawn + 100 - performance.now()));
	}
}

function show(state) {
	view.latest = state;
	view.received = Date.now();
	view.lost = false;
	if (!view.frozen) {
		view.state = state;
	}
	drawSoon();
}

function freeze() {
	view.frozen = view.frozen ? undefined : Date.now();
	view.state = view.latest;
	drawSoon();
}

function play(recording) {
	try {
		view.replay = new Replay(recording, show);
		view.problem = undefined;
	} catch {
		view.problem = say('board.replay.unreadable');
		draw();
	}
}

const playFile = (file) => file.text().then(JSON.parse).catch(() => ({})).then(play);

function Page({ state, lost, frozen, replay, problem }) {
	const { source, broker, group } = state ?? {};
	const acts = source?.local && !replay;
	return html`
		<header class="top">
			<h1>${source ? say('board.title', source.group) : say('board.page')}</h1>
			${source && html`<span class="dim">${[source.topic, source.bootstrapServer].filter(Boolean).join(' · ')}</span>`}
			${state && html`<${Age} id="age" at=${state.now} />`}
			<nav aria-label=${say('board.nav')}>
				${state && !replay && html`<button id="freeze" type="button" aria-pressed=${!!frozen}
					aria-description=${say('board.freeze.why')} onClick=${freeze}>${say('board.freeze')}</button>`}
				<a href=${`lessons.html?lang=${lang}`}>${say('board.lessons')}</a>
				<a id="language" lang=${otherLang} href=${here({ lang: otherLang })}>${say('board.other-language')}</a>
			</nav>
		</header>
		<p id="problem" role="alert" hidden=${!(problem || lost || brokerTrouble(broker))}>
			${problem || (lost && say('board.lost')) || brokerTrouble(broker)}</p>
		${frozen && html`<p id="frozen" class="bar">${say('board.frozen', Math.round((Date.now() - frozen) / 1000))}</p>`}
		${replay && html`<${ReplayBar} replay=${replay} now=${state.now} />`}
		${!replay && parameter('replay') === '' && html`<p class="bar"><${Choose} /></p>`}
		<main>${state ? html`
			<${Verdict} verdict=${state.verdict} group=${group} last=${!frozen && (lost || stale(state.now)) ? state.now : undefined} />
			<${WhatToDo} state=${state} acts=${acts} />
			<div class="columns">
				<div>
					<${Flow} state=${state} />
					<${Timeline} state=${state} live=${!replay} Choose=${Choose} />
					<${Tables} state=${state} />
				</div>
				<div>
					${acts ? html`<${Actions} state=${state} />`
						: html`<p id="watching" class="panel">${say(replay ? 'board.watching.replay' : 'board.watching')}</p>`}
					<${Lag} state=${state} />
					<${Feed} feed=${state.feed} />
				</div>
				${state.deadLetters && html`<${DeadLetters} letters=${state.deadLetters} broker=${broker} local=${source.local}
					acts=${acts} />`}
			</div>` : html`<p id="waiting">${say('board.waiting')}</p>`}
		</main>`;
}

function brokerTrouble(broker) {
	return broker && broker.state !== 'UP'
		&& say(`board.broker.${broker.state}`, timeOfDay(broker.since), broker.problem ?? '');
}

const MARK = { OK: '✓', NOTE: 'i', WAIT: '…', BAD: '!' };

/** The verdict is one on the present: where the console is away it is said of when it was. */
function Verdict({ verdict, group = {}, last }) {
	const told = verdict ? sentence(verdict) : say('board.waiting');
	const text = last ? say('board.not-known', timeOfDay(last), told) : told;
	const level = last ? 'BAD' : verdict?.level;
	const ms = (time) => time !== undefined && say('board.ms', time);
	const epochs = group.groupEpoch !== undefined
		&& `${group.groupEpoch} / ${group.assignmentEpoch ?? '–'}`;
	const chips = { state: group.state, protocol: group.protocol, kind: group.protocolType,
		assignor: group.assignor, epochs,
		generation: group.generation, heartbeat: ms(group.heartbeatMs), session: ms(group.sessionMs), lock: ms(group.lockMs) };
	const special = { state: `board.state.${group.state}`, protocol: `board.protocol.${group.protocol}` };
	const why = (name) => say(known(special[name]) ? special[name] : `board.chip.${name}.why`);
	return html`<section class="verdict" data-level=${level} data-stale=${stale(group.at)}
		aria-label=${say('board.verdict')}>
		<p><span class="mark" aria-hidden="true">${MARK[level]}</span><span id="verdict">${text}</span></p>
		<${Spoken} text=${text} topic=${!!last + verdict?.key + verdict?.values?.filter(isNaN)} />
		<ul id="chips">${Object.entries(chips).filter(([, value]) => value || value === 0).map(([name, value]) => html`
			<li key=${name}><button type="button" class="chip" data-chip=${name} aria-description=${why(name)}>
				<span class="dim">${say(`board.chip.${name}`)}</span> ${value}</button></li>`)}
			${group.at && html`<li><${Age} at=${group.at} /></li>`}
		</ul>
	</section>`;
}

let spokenAt = 0;

/** For screen readers: a new sentence at most every two seconds; a number that counts down is no new sentence. */
function Spoken({ text, topic }) {
	const [spoken, speak] = useState(text);
	useEffect(() => {
		const timer = setTimeout(() => {
			spokenAt = Date.now();
			speak(text);
		}, Math.max(0, spokenAt + 2000 - Date.now()));
		return () => clearTimeout(timer);
	}, [topic]);
	return html`<p id="spoken" class="unseen" aria-live="polite">${spoken}</p>`;
}

/** A page with nothing on it says what to do. */
function WhatToDo({ state, acts }) {
	const { source, broker, group, partitions = {} } = state;
	const todo = broker?.state === 'UP' && [
		source.topic && !Object.keys(partitions).length && !group?.hidden?.topics?.includes(source.topic)
			&& say('board.no-topic', source.topic, source.bootstrapServer),
		!group && say('board.no-group', source.group),
		// a consumer that is no member, because it assigns partitions to itself, may read
		group && ['Dead', 'Empty'].includes(group.state) && group.protocolType !== ''
			&& say(`board.state.${group.state}.${acts ? 'start' : 'elsewhere'}`, source.group),
	].filter(Boolean);
	return todo?.length > 0 && html`<ul id="todo">${todo.map((text) => html`<li>${text}</li>`)}</ul>`;
}

function Choose() {
	return html`<label class="choose">${say('board.replay.choose')}
		<input type="file" accept=".json,application/json"
			onChange=${({ target }) => target.files[0] && playFile(target.files[0])} />
	</label>`;
}

function ReplayBar({ replay, now }) {
	const seconds = (ms) => Math.round(ms / 1000);
	return html`<section id="replay" class="bar" aria-label=${say('board.replay')}>
		<strong>${say('board.replay')}</strong>
		<button type="button" data-action="play" onClick=${() => replay.toggle()}>
			${say(replay.playing ? 'board.replay.pause' : 'board.replay.play')}</button>
		${[1, 4, 16].map((speed) => html`<button type="button" data-speed=${speed} aria-pressed=${replay.speed === speed}
			onClick=${() => { replay.speed = speed; drawSoon(); }}>×${speed}</button>`)}
		<input type="range" min="0" max=${replay.length} step="100" value=${replay.position}
			aria-label=${say('board.replay.position')} aria-valuetext=${timeOfDay(now)}
			onInput=${({ target }) => replay.seek(Number(target.value))} />
		<span>${timeOfDay(now)} · ${say('board.replay.at', seconds(replay.position), seconds(replay.length))}</span>
	</section>`;
}

document.addEventListener('keydown', (event) => {
	if (event.key === ' ' && event.target === document.body && view.state) {
		event.preventDefault();
		view.replay ? view.replay.toggle() : freeze();
	}
});

document.documentElement.lang = lang;
explainOnHoverAndFocus();
await learnWords();
document.title = say('board.page');
const recorded = parameter('replay');
if (recorded === null) {
	follow(show, () => {
		view.lost = true;
		drawSoon();
	});
	// facts grow old when nothing comes
	setInterval(drawSoon, 1000);
} else {
	draw();
	if (recorded && new URL(recorded, location).origin === location.origin) {
		fetch(recorded).then((response) => response.json()).catch(() => ({})).then(play);
	}
}
