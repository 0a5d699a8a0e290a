// Korean particles, chosen by the last sound of the word before them, as KoreanParticle does for the terminal.

const SPELLED_OUT = /^([A-Z]+|[^AEIOUYaeiouy]+|.)$/;
const RIEUL_WORD = /^.*(l|[aeiouy].*le)$/;
const CONSONANT_WORD = /^.*([mn]|[aeiouy].*[mn]e|ng|(?<![aeiou])[aeiou](ck|[bckpt])|group)$/;

function ending(word) {
	const last = word.match(/(\d|[A-Za-z]+|\p{L})[^\p{L}\d]*$/u)?.[1];
	if (!last) {
		return 'VOWEL';
	}
	const letter = last.at(-1);
	if (letter >= '가' && letter <= '힣') {
		return ['VOWEL', ...Array(7).fill('CONSONANT'), 'RIEUL'][(letter.charCodeAt(0) - '가'.charCodeAt(0)) % 28] ?? 'CONSONANT';
	}
	if (/\d/.test(letter)) {
		return '178'.includes(letter) ? 'RIEUL' : '036'.includes(letter) ? 'CONSONANT' : 'VOWEL';
	}
	if (SPELLED_OUT.test(last)) {
		return 'lr'.includes(letter.toLowerCase()) ? 'RIEUL' : 'mn'.includes(letter.toLowerCase()) ? 'CONSONANT' : 'VOWEL';
	}
	const lower = last.toLowerCase();
	return RIEUL_WORD.test(lower) ? 'RIEUL' : CONSONANT_WORD.test(lower) ? 'CONSONANT' : 'VOWEL';
}

/** The form that follows the word; one that begins with 로 also follows ㄹ. */
export function particle(word, afterConsonant, afterVowel) {
	const end = ending(String(word));
	return end === 'VOWEL' || (end === 'RIEUL' && afterVowel.startsWith('로')) ? afterVowel : afterConsonant;
}
