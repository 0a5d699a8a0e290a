// A lesson's drawings. Each is Mermaid's source in the lesson; it stays as text where it cannot be drawn.

const dark = matchMedia('(prefers-color-scheme: dark)');

/** Draws what there is to draw below the element, now and whenever the color scheme changes. */
export async function drawAll(parent) {
	const drawings = [...parent.querySelectorAll('pre > code.language-mermaid')]
		.map((code) => ({ source: code.textContent, shown: code.parentElement }));
	if (drawings.length) {
		// 1 MB, which a page without a drawing does not load
		const { default: mermaid } = await import('./webjars/mermaid/dist/mermaid.esm.min.mjs');
		const draw = async () => {
			mermaid.initialize(look());
			for (const drawing of drawings) {
				await replace(drawing, mermaid);
			}
		};
		let drawn = draw();
		dark.addEventListener('change', () => (drawn = drawn.then(draw)));
		await drawn;
	}
}

let count = 0;

async function replace(drawing, mermaid) {
	try {
		const { svg } = await mermaid.render(`drawing-${++count}`, drawing.source);
		const frame = document.createElement('div');
		frame.className = 'drawing';
		frame.innerHTML = svg;
		// a narrow window makes it smaller, but not too small to be read: then it scrolls, also for who has no mouse
		const picture = frame.firstElementChild;
		picture.style.minWidth = `${0.7 * picture.viewBox.baseVal.width}px`;
		frame.tabIndex = 0;
		drawing.shown.replaceWith(frame);
		drawing.shown = frame;
	} catch (error) {
		console.warn(error);
	}
}

/** Mermaid's configuration in the page's own colors. */
function look() {
	const styles = getComputedStyle(document.documentElement);
	const color = (name) => styles.getPropertyValue(`--${name}`).trim();
	return {
		startOnLoad: false,
		securityLevel: 'strict',
		suppressErrorRendering: true,
		fontFamily: 'system-ui, sans-serif',
		theme: 'base',
		themeVariables: {
			darkMode: dark.matches, background: color('back'),
			primaryColor: color('card'), primaryTextColor: color('text'), primaryBorderColor: color('dim'),
			secondaryColor: color('card'), tertiaryColor: color('back'), clusterBkg: color('back'), clusterBorder: color('dim'),
			lineColor: color('dim'), textColor: color('text'), titleColor: color('text'), edgeLabelBackground: color('back'),
			noteBkgColor: color('card'), noteTextColor: color('text'), noteBorderColor: color('line'),
			activationBkgColor: color('line'), activationBorderColor: color('dim'), fontSize: '16px',
		},
	};
}
