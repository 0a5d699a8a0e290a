// The live board: shows the state that the stream or a recording gives, at most ten times a second.

import { html, render, useEffect, useRef, useState } from './vendor/htm-preact-3.1.1.js';
import { entries, headline, here, isProduct, known, lang, learnWords, otherLang, parameter, say, sentence, timeOfDay } from './words.js';
import { Replay, follow } from './stream.js';
import { Age, clock, explainOnHoverAndFocus, isShared, projector, readersOf, remember, stale } from './parts.js';
import { useActs } from './actions.js';
import { Rail, useRail } from './rail.js';
import { Flow } from './lanes.js';
import { Lag, caughtUp, samplesOf } from './lag.js';
import { DeadLetters } from './letters.js';
import { Feed, Tables } from './lists.js';
import { LastEvent } from './last.js';
import { Timeline } from './timeline.js';
import { showGroups } from './groups.js';

const view = { state: undefined, received: 0, lost: false, frozen: undefined, replay: undefined, problem: undefined };

function draw() {
	const { state } = view;
	if (state) {
		clock.now = Date.parse(state.now) + (view.replay || view.frozen ? 0 : Date.now() - view.received);
		remember([...Object.keys(state.instances ?? {}).filter(isProduct),
			...Object.keys(state.timeline?.lanes ?? {}), ...Object.keys(state.members ?? {})],
		entries(state.partitions ?? {}).flatMap(([, partition]) => readersOf(partition)));
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
	const doing = useActs();
	const [picked, pick] = useState();
	const lesson = useRail(acts);
	const away = !frozen && state && (lost || stale(state.now));
	const last = away ? state.now : undefined;
	useTab(state, away);
	return html`
		<header class="top">
			<h1><span id="live" data-live=${away ? 'away' : frozen || replay ? 'still' : 'live'} aria-hidden="true"></span>
				${source ? say(isShared(state) ? 'board.title.shared' : 'board.title', source.group) : say('board.page')}</h1>
			${source && html`<${Place} state=${state} linked=${!replay} />`}
			${state && html`<${Age} id="age" at=${state.now} />`}
			<nav aria-label=${say('board.nav')}>
				${state && html`<button id="projector" class="quiet" type="button" aria-pressed=${projector()}
					aria-description=${say('board.projector.why')} onClick=${toggleProjector}>${say('board.projector')}</button>`}
				${state && !replay && html`<button id="freeze" class="quiet" type="button" aria-pressed=${!!frozen}
					aria-description=${say('board.freeze.why')} onClick=${freeze}>${say('board.freeze')}</button>`}
				${!replay && html`<a id="to-groups" href=${groups('')}>${say('board.groups')}</a>`}
				${(acts || lesson.name) && html`<button id="lesson" class="quiet" type="button" aria-pressed=${!!lesson.name}
					onClick=${lesson.name ? lesson.close : lesson.open}>${say('board.rail')}</button>`}
				<a href=${`lessons.html?lang=${lang}`}>${say('board.lessons')}</a>
				<a id="language" lang=${otherLang} href=${here({ lang: otherLang })}
					onClick=${({ target }) => (target.href = here({ lang: otherLang }))}>${say('board.other-language')}</a>
			</nav>
		</header>
		<p id="problem" role="alert" hidden=${!(problem || lost)}>${problem || (lost && say('board.lost'))}</p>
		${frozen && html`<p id="frozen" class="bar">${say('board.frozen', Math.round((Date.now() - frozen) / 1000))}</p>`}
		${replay && html`<${ReplayBar} replay=${replay} now=${state.now} />`}
		<main class=${lesson.name ? 'railed' : undefined}>${state ? html`
			<${Verdict} state=${state} last=${last} lost=${lost} pick=${pick} />
			${lesson.name && html`<${Rail} ...${lesson} acts=${acts} />`}
			<${WhatToDo} state=${state} acts=${acts} />
			<${Flow} state=${state} doing=${acts ? { ...doing, refused: lost ? undefined : doing.refused } : undefined} />
			<div class="columns">
				<div>
					<${Timeline} state=${state} live=${!replay} picked=${picked} pick=${pick} />
					<${Lag} state=${state} />
				</div>
				<div>
					<${Feed} state=${state} />
					${state.deadLetters && html`<${DeadLetters} letters=${state.deadLetters} broker=${broker} local=${source.local}
						acts=${acts} />`}
				</div>
			</div>
			<${Tables} state=${state} />` : html`<p id="waiting">${say('board.waiting')}</p>`}
		</main>
		<footer class="dim">
			${state && !acts && html`<p id="watching">${say(replay ? 'board.watching.replay' : 'board.watching')}</p>`}
			<${Choose} />
		</footer>`;
}

const groups = (filter) => here({ groups: filter, group: undefined });

const NAMED = 3;

/** The cluster, and the topics that the group reads, each with a link to all groups that read it. */
function Place({ state: { source, partitions = {} }, linked }) {
	const topics = [...new Set([source.topic, ...Object.values(partitions).map(({ topic }) => topic)])].filter(Boolean);
	return html`<span id="place" class="dim">
		${topics.slice(0, NAMED).map((topic) => html`${linked ? html`<a href=${groups(topic)}>${topic}</a>` : topic} · `)}
		${topics.length > NAMED && `+${topics.length - NAMED} · `}${source.bootstrapServer}</span>`;
}

/** For the back row: what matters, twice as large. */
function toggleProjector() {
	document.documentElement.toggleAttribute('data-projector');
	drawSoon();
}

const LEVEL_COLOR = { OK: '#007a5a', NOTE: '#0060a8', WAIT: '#a87000', BAD: '#b34700' };

/** The state is in the tab's title and icon, too. */
function useTab(state, away) {
	const level = away ? 'BAD' : state?.verdict?.level;
	const mark = MARK[level] ?? '';
	useEffect(() => {
		document.title = state ? [mark, state.source.group, away ? say('board.away') : state.group?.state].filter(Boolean).join(' ')
			: say('board.page');
		document.querySelector('link[rel=icon]').href = 'data:image/svg+xml,' + encodeURIComponent(
			`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="${LEVEL_COLOR[level] ?? '#777'}"/></svg>`);
	}, [mark, level, state?.source.group, state?.group?.state, away]);
}

const MARK = { OK: '✓', NOTE: 'i', WAIT: '…', BAD: '!' };

/** The verdict is one on the present: where the console is away it is said of when it was. Beside it, what happened last. */
function Verdict({ state, last, lost, pick }) {
	const { verdict, group = {} } = state;
	const told = verdict ? sentence(verdict, state) : say('board.waiting');
	const text = last ? say(lost ? 'board.not-known.console' : 'board.not-known', timeOfDay(last), told) : told;
	const level = last ? 'BAD' : verdict?.level;
	const [head, reason] = headline(text);
	const rest = [reason, !last && /^verdict\.behind/.test(verdict?.key) && caughtUp(samplesOf(state))].filter(Boolean).join(' ');
	return html`<section class="verdict" data-level=${level} data-stale=${stale(group.at)}
		aria-label=${say('board.verdict')}>
		<p class="now"><span class="mark" aria-hidden="true">${MARK[level]}</span><span id="verdict"><span class="head">${head}</span>${rest && html` <span class="rest">${rest}</span>`}</span></p>
		<${Spoken} text=${text} topic=${!!last + verdict?.key + verdict?.values?.filter(isNaN)} />
		<${LastEvent} state=${state} past=${!!last} pick=${pick} />
		<${Constants} group=${group} />
	</section>`;
}

/** What seldom changes, in a quiet line. */
function Constants({ group }) {
	const ms = (time) => time !== undefined && say('board.ms', time);
	const epochs = group.groupEpoch !== undefined
		&& `${group.groupEpoch} / ${group.assignmentEpoch ?? '–'}`;
	// what changes is last, so that nothing else moves
	const facts = { protocol: group.protocol, kind: group.protocolType, heartbeat: ms(group.heartbeatMs),
		session: ms(group.sessionMs), lock: ms(group.lockMs), assignor: group.assignor, generation: group.generation, epochs,
		state: group.state };
	const special = { state: `board.state.${group.state}`, protocol: `board.protocol.${group.protocol}` };
	const why = (name) => say(known(special[name]) ? special[name] : `board.chip.${name}.why`);
	return html`<ul id="chips" class="dim">${Object.entries(facts).filter(([, value]) => value || value === 0).map(([name, value]) => html`
		<li key=${name}><button type="button" class="quiet chip" data-chip=${name} aria-description=${why(name)}>
			${say(`board.chip.${name}`)} <b>${value}</b></button></li>`)}
		${group.at && html`<li><${Age} at=${group.at} /></li>`}
	</ul>`;
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
		// elsewhere, the verdict says all there is to do
		acts && group && ['Dead', 'Empty'].includes(group.state) && say(`board.state.${group.state}.start`, source.group),
	].filter(Boolean);
	return todo?.length > 0 && html`<ul id="todo">${todo.map((text) => html`<li>${text}</li>`)}</ul>`;
}

/** A recording is dropped on the page, or chosen. */
function Choose() {
	const input = useRef();
	return html`<input type="file" hidden ref=${input} accept=".json,application/json"
			onChange=${({ target }) => target.files[0] && playFile(target.files[0])} />
		<button type="button" class="quiet" data-action="replay" onClick=${() => input.current.click()}>
			${say('board.replay.choose')}</button>`;
}

function ReplayBar({ replay, now }) {
	const seconds = (ms) => Math.round(ms / 1000);
	return html`<section id="replay" class="bar" aria-label=${say('board.replay')}>
		<strong>${say('board.replay')}</strong>
		<button type="button" data-action="play" onClick=${() => replay.toggle()}>
			${say(replay.playing ? 'board.replay.pause' : 'board.replay.play')}</button>
		${[1, 4, 16].map((speed) => html`<button type="button" data-speed=${speed} aria-pressed=${replay.speed === speed}
			onClick=${() => { replay.speed = speed; drawSoon(); }}>×${speed}</button>`)}
		<input type="range" min="0" max=${100 * Math.ceil(replay.length / 100)} step="100" value=${replay.position}
			aria-label=${say('board.replay.position')} aria-valuetext=${timeOfDay(now)}
			onInput=${({ target }) => replay.seek(Number(target.value))} />
		<span>${timeOfDay(now)} · ${say('board.replay.at', seconds(replay.position), seconds(replay.length))}</span>
	</section>`;
}

document.addEventListener('keydown', (event) => {
	if (event.target !== document.body || !view.state || event.ctrlKey || event.metaKey || event.altKey) {
		return;
	}
	if (event.key === ' ') {
		event.preventDefault();
		view.replay ? view.replay.toggle() : freeze();
	} else if (event.key.toLowerCase() === 'p') {
		toggleProjector();
	}
});
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
	event.preventDefault();
	const [file] = event.dataTransfer.files;
	if (file && parameter('groups') === null) {
		playFile(file);
	}
});

document.documentElement.lang = lang;
explainOnHoverAndFocus();
await learnWords();
document.title = say('board.page');
const recorded = parameter('replay');
if (parameter('groups') !== null) {
	document.title = say('board.groups');
	showGroups(document.getElementById('board'));
} else if (recorded === null) {
	follow(parameter('group'), show, () => {
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
