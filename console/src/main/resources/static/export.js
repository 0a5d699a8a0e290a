// A rebalance as a file: one page that opens anywhere, with the drawing, what it cost, and a replay of the drawing.

const escape = (text) => String(text).replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * The page. The drawing covers the time from one instant to another; the replay uncovers it.
 * @param svg the drawing, with its colors in itself
 * @param table the HTML of the table
 */
export function rebalancePage({ lang, title, lines, svg, table, from, until, play, background }) {
	return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark; }
.drawing { position: relative; overflow: hidden; background: ${background}; } svg { display: block; width: 100%; height: auto; }
.cover { position: absolute; inset: 0 0 0 auto; background: ${background}; opacity: .9; width: 0; }
.acts { display: flex; gap: .6rem; align-items: center; } input { flex: 1; } table { border-collapse: collapse; }
th, td { text-align: left; font-weight: inherit; padding: .2rem 1rem .2rem 0; border-bottom: 1px solid; }
</style></head><body>
<h1>${escape(title)}</h1>
${lines.map((line) => `<p>${escape(line)}</p>`).join('\n')}
<div class="drawing">${svg}<div class="cover"></div></div>
<p class="acts"><button type="button">${escape(play)}</button>
<input type="range" min="0" max="1000" value="1000" aria-label="${escape(play)}"><output></output></p>
${table}
<script>
const [from, until] = [${from}, ${until}];
const [cover, button, range, output] = ['.cover', 'button', 'input', 'output'].map((one) => document.querySelector(one));
const show = () => {
	cover.style.width = 100 - range.value / 10 + '%';
	output.textContent = new Date(from + (until - from) * range.value / 1000).toLocaleTimeString('${lang}');
};
let timer;
button.onclick = () => {
	clearInterval(timer);
	range.value = 0;
	timer = setInterval(() => { range.value++; show(); range.value === '1000' && clearInterval(timer); }, 20);
};
range.oninput = show;
show();
</script></body></html>
`;
}

/** The address of a text, from which a browser can save it. */
export const address = (type, text) => `data:${type},` + encodeURIComponent(text);
