package lab.console.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The bytes of an output in UTF-8, in which no control character reaches the terminal but
 * line ends, tabs and the sequences of colors: all that the console prints passes here,
 * so that no text from outside is forgotten. A sequence that moves the cursor or changes
 * the terminal becomes visible instead.
 */
public final class SafeOutput extends FilterOutputStream {

	private static final Pattern STYLE = Pattern
		.compile("\033\\[((?:[0-4]|2[1-4]|3[0-79]|9[0-7])?)(?:;(?:[0-4]|2[1-4]|3[0-79]|9[0-7]))*m");

	private static final int MAX_STYLE_LENGTH = 12;

	private static final int ESCAPE = 0x1B;

	private static final int DELETE = 0x7F;

	/**
	 * The first byte of U+0080 to U+00BF, of which the first half is control characters.
	 */
	private static final int TWO_BYTES = 0xC2;

	private final boolean coloured;

	private final StringBuilder sequence = new StringBuilder();

	private boolean twoBytes;

	private SafeOutput(OutputStream out, boolean coloured) {
		super(out);
		this.coloured = coloured;
	}

	/**
	 * Has everything that this process prints pass here.
	 */
	public static void install() {
		boolean coloured = Terminal.ofProcess().coloured();
		System.setOut(around(System.out, coloured));
		System.setErr(around(System.err, coloured));
	}

	/**
	 * @param coloured whether the sequences of colors pass
	 */
	static PrintStream around(OutputStream out, boolean coloured) {
		return new PrintStream(new SafeOutput(out, coloured), true, StandardCharsets.UTF_8);
	}

	@Override
	public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
		for (int i = offset; i < offset + length; i++) {
			take(bytes[i] & 0xFF);
		}
	}

	@Override
	public synchronized void write(int value) throws IOException {
		take(value & 0xFF);
	}

	private void take(int value) throws IOException {
		if (this.sequence.length() > 0 && continues(value)) {
			return;
		}
		if (this.twoBytes) {
			this.twoBytes = false;
			if (value < 0xA0) {
				show('\uFFFD');
			}
			else {
				this.out.write(TWO_BYTES);
				this.out.write(value);
			}
		}
		else if (value == TWO_BYTES) {
			this.twoBytes = true;
		}
		else if (value == ESCAPE && this.coloured) {
			this.sequence.append((char) value);
		}
		else if (value < ' ' && value != '\n' && value != '\t' && value != '\r' || value == DELETE) {
			show(ControlCharacters.visible(String.valueOf((char) value)).charAt(0));
		}
		else {
			this.out.write(value);
		}
	}

	/**
	 * Goes on with a sequence that may become one of a color.
	 * @return false if it is none and the byte is still to be written
	 */
	private boolean continues(int value) throws IOException {
		boolean possible = this.sequence.length() < MAX_STYLE_LENGTH && ((this.sequence.length() == 1) ? value == '['
				: value == 'm' || value == ';' || Character.isDigit(value));
		if (!possible) {
			end(false);
			return false;
		}
		this.sequence.append((char) value);
		if (value == 'm') {
			end(STYLE.matcher(this.sequence).matches());
		}
		return true;
	}

	private void end(boolean style) throws IOException {
		String read = this.sequence.toString();
		this.sequence.setLength(0);
		this.out.write((style ? read : ControlCharacters.visible(read)).getBytes(StandardCharsets.UTF_8));
	}

	private void show(char picture) throws IOException {
		this.out.write(String.valueOf(picture).getBytes(StandardCharsets.UTF_8));
	}

}
