// The lessons and their ticks. The address says which lesson is shown in which language, so that a teacher can send it;
// the ticks are asked for every two seconds, because a terminal earns them.

import { drawAll } from './drawings.js';

const words = {
	en: {
		other: '한국어', board: 'Live board', home: 'Kafka consumer groups, hands on', open: 'not started', done: 'done', begun: (n, of) => `${n} of ${of} steps`,
		minutes: (n) => `about ${n} min`, run: 'Run it:', check: 'Done by hand? Check it:',
		onBoard: 'Do it on the board', copy: 'Copy', copied: 'Copied', previous: 'Previous', next: 'Next', step: (n) => `Step ${n}`, ticked: 'done',
		away: 'The lab does not answer. Start it again with ./lab board or ./lab up.', missing: 'There is no such lesson.',
		intro: 'Each lesson runs on a real broker. Type the commands yourself, or run them with ./lab tour. Both earn the same ticks, and so do the lessons that can be done on the board.',
		exercises: 'Exercises', mend: 'Something is broken, and you mend it. The command copies its files for you; with --check it runs and checks them.',
		states: { OPEN: 'not started', BEGUN: 'begun', SOLVED: '✓ solved' },
	},
	ko: {
		other: 'English', board: '라이브 보드', home: '직접 해 보는 Kafka 컨슈머 그룹', open: '시작 전', done: '완료', begun: (n, of) => `${of}단계 중 ${n}단계`,
		minutes: (n) => `약 ${n}분`, run: '자동 실행:', check: '직접 따라 한 결과 확인:',
		onBoard: '보드에서 하기', copy: '복사', copied: '복사됨', previous: '이전', next: '다음', step: (n) => `${n}단계`, ticked: '완료',
		away: '랩이 응답하지 않습니다. ./lab board 또는 ./lab up으로 다시 시작하세요.', missing: '그런 레슨이 없습니다.',
		intro: '모든 레슨은 실제 브로커에서 실행됩니다. 터미널에서 직접 따라 하거나 ./lab tour로 실행하세요. 보드에서 할 수 있는 레슨도 있습니다. 진도는 똑같이 기록됩니다.',
		exercises: '연습 문제', mend: '고장 난 것을 직접 고칩니다. 명령을 실행하면 고칠 파일이 복사되고, --check를 붙이면 그 파일로 실행해 검사합니다.',
		states: { OPEN: '시작 전', BEGUN: '푸는 중', SOLVED: '✓ 해결' },
	},
};

const address = new URLSearchParams(location.search);
const lang = words[address.get('lang')] ? address.get('lang') : navigator.language.startsWith('ko') ? 'ko' : 'en';
const name = address.get('lesson');
const say = words[lang];
const main = document.querySelector('main');
main.replaceChildren();

const element = (tag, properties = {}, ...children) => {
	const created = Object.assign(document.createElement(tag), properties);
	created.append(...children);
	return created;
};

const link = (lesson, language = lang) =>
	'?' + new URLSearchParams(lesson ? { lesson, lang: language } : { lang: language });

const get = async (path) => {
	const response = await fetch(`api/${path}?lang=${lang}`);
	if (!response.ok) {
		throw new Error(response.status === 404 ? say.missing : say.away);
	}
	return response.json();
};

const state = ({ state, done, steps }) =>
	state === 'DONE' ? `✓ ${say.done}` : state === 'BEGUN' ? say.begun(done, steps) : say.open;

const command = (text) => element('code', { textContent: text });

/** Leads to a lesson on the board, where it can be done there. */
const rail = ({ name, onBoard }) => onBoard ? [element('a', { className: 'on-board', textContent: say.onBoard,
	href: './?' + new URLSearchParams({ rail: name, lang }) })] : [];

function list({ lessons, exercises }) {
	main.append(
		element('h1', { textContent: say.home }),
		element('p', { textContent: say.intro }),
		element('ol', { className: 'lessons', start: lessons[0].number }, ...lessons.map((lesson) =>
			element('li', {}, element('a', { href: link(lesson.name) },
				element('span', { className: 'title', textContent: lesson.title }),
				element('span', { className: 'minutes', textContent: say.minutes(lesson.minutes) }),
				element('span', { className: 'state', id: `state-${lesson.name}` })),
			...rail(lesson)))),
		element('h2', { textContent: say.exercises }),
		element('p', { textContent: say.mend }),
		element('ol', { className: 'exercises' }, ...exercises.map((exercise) => element('li', {}, element('div', {},
			element('span', { className: 'title', textContent: exercise.title }),
			command(`./lab exercise ${exercise.name}`),
			element('span', { className: 'state', id: `exercise-${exercise.name}` }))))));
}

function tickList({ lessons, exercises }) {
	for (const exercise of exercises) {
		const shown = document.getElementById(`exercise-${exercise.name}`);
		shown.textContent = say.states[exercise.state];
		shown.dataset.state = exercise.state;
	}
	for (const lesson of lessons) {
		const shown = document.getElementById(`state-${lesson.name}`);
		shown.textContent = state(lesson);
		shown.dataset.state = lesson.state;
	}
}

function page({ lesson, intro, steps }, lessons) {
	document.title = lesson.title;
	const beside = (by) => lessons[lessons.findIndex((one) => one.name === lesson.name) + by];
	main.append(
		element('h1', { textContent: `${lesson.number}. ${lesson.title}` }),
		element('p', {}, say.run + ' ', command(`./lab tour ${lesson.name}`), ` · ${say.minutes(lesson.minutes)}`),
		...rail(lesson),
		element('div', { innerHTML: intro }),
		...steps.map((step) => element('section', { id: `step-${step.number}` },
			element('h2', {}, element('span', { className: 'tick', id: `tick-${step.number}` }), `${step.number}. ${step.title}`),
			element('div', { innerHTML: step.html }),
			...step.checkable ? [element('p', { className: 'check' }, say.check + ' ',
				command(`./lab tour ${lesson.name} --check ${step.number}`))] : [])),
		element('nav', {}, ...[[-1, say.previous], [1, say.next]].filter(([by]) => beside(by)).map(([by, text]) =>
			element('a', { href: link(beside(by).name), textContent: `${text}: ${beside(by).title}` }))));
	for (const block of main.querySelectorAll('pre.sh')) {
		const frame = element('div', { className: 'frame' });
		block.replaceWith(frame);
		frame.append(block, copyButton(block.textContent));
	}
	for (const block of main.querySelectorAll('pre')) {
		// wide output scrolls, also for who has no mouse
		block.tabIndex = 0;
	}
	drawAll(main);
}

function copyButton(text) {
	const button = element('button', { type: 'button', className: 'copy', textContent: say.copy });
	button.addEventListener('click', async () => {
		await navigator.clipboard.writeText(text);
		button.textContent = say.copied;
	});
	return button;
}

function tickPage({ steps }) {
	for (const step of steps) {
		const tick = document.getElementById(`tick-${step.number}`);
		tick.textContent = step.done ? '✓' : '';
		tick.ariaLabel = step.done ? say.ticked : null;
		tick.role = step.done ? 'img' : null;
	}
}

async function show() {
	const problem = document.getElementById('problem');
	try {
		const shown = name ? await get(`lessons/${encodeURIComponent(name)}`)
			: { lessons: await get('lessons'), exercises: await get('exercises') };
		if (!main.hasChildNodes()) {
			name ? page(shown, await get('lessons')) : list(shown);
			document.getElementById(location.hash.slice(1))?.scrollIntoView();
		}
		name ? tickPage(shown) : tickList(shown);
		problem.hidden = true;
	} catch (error) {
		problem.textContent = error instanceof TypeError ? say.away : error.message;
		problem.hidden = false;
	}
	setTimeout(show, 2000);
}

document.documentElement.lang = lang;
document.title = say.home;
document.getElementById('home').textContent = say.home;
document.getElementById('home').href = link();
document.getElementById('to-board').textContent = say.board;
document.getElementById('to-board').href = `./?lang=${lang}`;
const other = lang === 'ko' ? 'en' : 'ko';
const language = document.getElementById('language');
language.textContent = say.other;
language.lang = other;
language.addEventListener('click', () => location.assign(link(name, other)));
show();
