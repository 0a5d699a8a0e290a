// What the board shows, once more in words: the feed of events, and the tables.

import { html, useState } from './vendor/htm-preact-3.1.1.js';
import { entries, say, sentence, timeOfDay } from './words.js';
import { Panel, Table, isShared, oldest, readersOf } from './parts.js';

/** By the time when it happened: what members publish comes later than what snapshots show. */
const newestFirst = (feed) => entries(feed).sort(([, a], [, b]) => Date.parse(a.at) - Date.parse(b.at)).reverse();

/**
 * The newest event of each kind has the command that shows the same. An event does not move down when one is added: the
 * rows stay, and show other events.
 */
export function Feed({ state }) {
	const { feed = {} } = state;
	const [open, setOpen] = useState();
	const events = newestFirst(feed);
	const newest = new Map(events.toReversed().map(([id, { key }]) => [key, id]));
	return html`<${Panel} title=${say('board.feed')} id="events">
		<ol id="feed" tabindex="0" aria-label=${say('board.feed')}>
			${events.map(([id, event]) => html`
				<li data-id=${id} data-key=${event.key} data-level=${event.level} data-open=${id === open}
					aria-description=${sentence(event, state)}>
					<time datetime=${event.at}>${timeOfDay(event.at)}</time> <span>${sentence(event, state)}</span>
					${event.command && newest.get(event.key) === id && html`<${Command} text=${event.command} shown=${id === open}
						toggle=${() => setOpen(id === open ? undefined : id)} />`}
				</li>`)}
		</ol>
	<//>`;
}

function Command({ text, shown, toggle }) {
	const [copied, setCopied] = useState();
	const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(text));
	return html`<button type="button" class="quiet" data-action="command" aria-expanded=${shown}
			aria-label=${`${say('board.command')}: ${text}`} onClick=${toggle}>>_</button>
		${shown && html`<div class="command"><code>${text}</code>
			<button type="button" aria-label=${`${say('board.copy')}: ${text}`} onClick=${copy}>
				${say(copied === text ? 'board.copied' : 'board.copy')}</button></div>`}`;
}

/** For who does not see the board it is always there; the button shows it to everybody else. */
export function Tables({ state }) {
	const { partitions = {}, members = {}, group, broker } = state;
	const shared = isShared(state);
	const statics = Object.values(members).some(({ groupInstanceId }) => groupInstanceId);
	const [shown, setShown] = useState(false);
	const list = (names) => names?.join(', ') || '–';
	return html`<${Panel} id="tables" title=${say('board.tables')} at=${oldest(group, broker)}
		aside=${html`<button class="quiet" type="button" data-action="tables" aria-pressed=${shown} onClick=${() => setShown(!shown)}>
			${say('board.tables.show')}</button>`}>
		<div class=${shown ? 'wide' : 'unseen'} tabindex=${shown ? 0 : undefined}>
			<${Table} id="partitions" caption=${say('board.partitions')}
				columns=${['topic-partition', 'leader',
				shared ? 'start' : 'committed', 'end', 'lag', shared ? 'readers' : 'owner']}
				rows=${entries(partitions).map(([name, partition]) => [name, partition.leader, partition.committed, partition.end,
					partition.lag, readersOf(partition).join(', ') || say('board.nobody')])} />
			<${Table} id="members" caption=${say('board.members')} columns=${['member', statics && 'static', 'host', 'epoch',
				'assigned', !shared && 'target'].filter(Boolean)}
				rows=${entries(members).map(([name, { groupInstanceId, host, epoch, assigned, target }]) =>
					[name, statics && (groupInstanceId ?? '–'), host, epoch ?? '–', list(assigned), !shared && list(target)]
						.filter((cell) => cell !== false))} />
		</div>
	<//>`;
}
