// What the board shows, once more in words: the feed of events, and the tables.

import { html, useState } from './vendor/htm-preact-3.1.1.js';
import { entries, say, sentence, timeOfDay } from './words.js';
import { Panel, Table, isShared, oldest, readersOf } from './parts.js';

/** By the time when it happened: what members publish comes later than what snapshots show. */
const newestFirst = (feed) => entries(feed).sort(([, a], [, b]) => Date.parse(a.at) - Date.parse(b.at)).reverse();

export function Feed({ feed = {} }) {
	return html`<${Panel} title=${say('board.feed')} id="events">
		<ol id="feed" tabindex="0" aria-label=${say('board.feed')}>
			${newestFirst(feed).map(([id, event]) => html`
				<li key=${id} data-id=${id} data-key=${event.key} data-level=${event.level}>
					<time datetime=${event.at}>${timeOfDay(event.at)}</time> ${sentence(event)}
					${event.command && html`<${Command} text=${event.command} />`}
				</li>`)}
		</ol>
	<//>`;
}

function Command({ text }) {
	const [copied, setCopied] = useState(false);
	const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true));
	return html`<div class="command"><code>${text}</code>
		<button type="button" aria-label=${`${say('board.copy')}: ${text}`} onClick=${copy}>
			${say(copied ? 'board.copied' : 'board.copy')}</button></div>`;
}

/** For who does not see the board it is always there; the button shows it to everybody else. */
export function Tables({ state }) {
	const { partitions = {}, members = {}, group, broker } = state;
	const shared = isShared(state);
	const statics = Object.values(members).some(({ groupInstanceId }) => groupInstanceId);
	const [shown, setShown] = useState(false);
	const list = (names) => names?.join(', ') || '–';
	return html`<${Panel} id="tables" title=${say('board.tables')} at=${oldest(group, broker)}
		aside=${html`<button type="button" data-action="tables" aria-pressed=${shown} onClick=${() => setShown(!shown)}>
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
