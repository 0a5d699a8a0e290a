// Where states come from: the console's event stream, or a recording of one. Both begin with a whole state and go on
// with merge patches; a state that was shown is never changed, so that a frozen page keeps what it has.

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** RFC 7396. What the patch does not touch is shared with the state before. */
export function merge(target, patch) {
	if (!isObject(patch)) {
		return patch;
	}
	const merged = isObject(target) ? { ...target } : {};
	for (const [name, value] of Object.entries(patch)) {
		if (value === null) {
			delete merged[name];
		} else {
			merged[name] = merge(merged[name], value);
		}
	}
	return merged;
}

/** Follows a group live, or the board's own where it is null. A browser opens six connections to a host, so a tab that nobody sees gives its one back. */
export function follow(group, show, lost) {
	let source;
	let state;
	const close = () => {
		source?.close();
		source = undefined;
	};
	const open = () => {
		if (source || document.hidden) {
			return;
		}
		source = new EventSource('api/board' + (group === null ? '' : `?${new URLSearchParams({ group })}`));
		source.addEventListener('snapshot', ({ data }) => show(state = JSON.parse(data)));
		source.addEventListener('delta', ({ data }) => state && show(state = merge(state, JSON.parse(data))));
		source.addEventListener('error', () => {
			lost();
			if (source?.readyState === EventSource.CLOSED) {
				// the browser tries again by itself, but not after an answer such as 503
				close();
				setTimeout(open, 2000);
			}
		});
	};
	addEventListener('pagehide', close);
	addEventListener('pageshow', open);
	document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
	open();
}

/** Plays an export of the board at the pace of its own times. */
export class Replay {

	constructor({ format, state, deltas }, show) {
		if (format !== 'consumer-group-lab-board/1') {
			throw new TypeError(format);
		}
		this.frames = [state];
		for (const delta of deltas) {
			this.frames.push(merge(this.frames.at(-1), delta));
		}
		this.times = this.frames.map(({ now }) => Date.parse(now) - Date.parse(state.now));
		this.length = this.times.at(-1);
		this.show = show;
		this.speed = 1;
		this.playing = true;
		this.seek(0);
		setInterval(() => this.playing && this.seek(this.position + 100 * this.speed), 100);
	}

	seek(position) {
		this.position = Math.min(position, this.length);
		this.playing &&= this.position < this.length;
		this.show(this.frames[this.times.findLastIndex((time) => time <= this.position)]);
	}

	toggle() {
		this.playing = !this.playing;
		this.seek(this.playing && this.position === this.length ? 0 : this.position);
	}

}
