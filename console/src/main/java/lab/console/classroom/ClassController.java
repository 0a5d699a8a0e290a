package lab.console.classroom;

import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;
import lab.console.lesson.Lesson;
import lab.console.lesson.Lessons;
import lab.console.lesson.ProgressReport;
import lab.console.process.Loopback;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The page of a class, and what it accepts. Who reports has to know the word, and so has
 * who reads the page from another machine.
 */
@RestController
@RequiredArgsConstructor
class ClassController {

	private final Classroom classroom;

	private final Lessons lessons;

	private final ClassWord word;

	private final PrintStream teacher;

	private final Messages messages;

	/**
	 * Is in the page on the teacher's machine only. A page of another site that is open
	 * in the same browser can send a form here, and does not know it.
	 */
	private final String key = UUID.randomUUID().toString();

	private final Refusals refusals = new Refusals();

	@GetMapping("/")
	ResponseEntity<String> page(HttpServletRequest request, @RequestParam(required = false) @Nullable String word)
			throws UnknownHostException {
		boolean teacher = isOnThisMachine(request);
		if (!teacher) {
			require(word);
		}
		return ResponseEntity.ok()
			.contentType(MediaType.TEXT_HTML)
			.header("Content-Security-Policy",
					"default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'")
			.header("Referrer-Policy", "no-referrer")
			.header(HttpHeaders.CACHE_CONTROL, "no-store")
			.body(ClassPage.html(this.classroom, this.lessons, Instant.now(), teacher ? this.key : "", this.messages));
	}

	/**
	 * Removes a learner's line. The browser shows the page again then.
	 */
	@PostMapping("/remove")
	ResponseEntity<Void> remove(@RequestParam String name, @RequestParam String key, HttpServletRequest request)
			throws UnknownHostException {
		if (!isOnThisMachine(request) || !key.equals(this.key)) {
			throw new ResponseStatusException(HttpStatus.FORBIDDEN, this.messages.get("class.not-removed"));
		}
		this.classroom.remove(name);
		return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create("/")).build();
	}

	/**
	 * Whether a person at this machine asks, and not a site whose name leads here.
	 */
	private static boolean isOnThisMachine(HttpServletRequest request) throws UnknownHostException {
		return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()
				&& Loopback.isHost(request.getHeader(HttpHeaders.HOST));
	}

	@PostMapping(path = ProgressReport.PATH, consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void report(@RequestBody ProgressReport report, HttpServletRequest request) {
		boolean named = isName(report.name());
		if (named && !this.word.is(report.word())) {
			tellOfRefusal(report.name(), request.getRemoteAddr());
		}
		require(report.word());
		if (!named) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					this.messages.get("class.name-wrong", ProgressReport.LONGEST_NAME));
		}
		if (this.lessons.all().stream().noneMatch((lesson) -> has(lesson, report))) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, this.messages.get("class.lesson-wrong"));
		}
		if (!this.classroom.add(report, Instant.now())) {
			throw new ResponseStatusException(HttpStatus.CONFLICT,
					this.messages.get("class.full", Classroom.MAX_LEARNERS));
		}
	}

	/**
	 * Whether the report is on that lesson and its steps.
	 */
	private static boolean has(Lesson lesson, ProgressReport report) {
		return lesson.name().equals(report.lesson()) && report.done().stream().allMatch((step) -> has(lesson, step))
				&& (report.failed() == 0 || has(lesson, report.failed()));
	}

	private static boolean has(Lesson lesson, int step) {
		return step >= 1 && step <= lesson.steps().size();
	}

	private static boolean isName(@Nullable String name) {
		return name != null && name.equals(name.strip()) && !name.isEmpty()
				&& name.length() <= ProgressReport.LONGEST_NAME && name.chars().noneMatch(Character::isISOControl);
	}

	/**
	 * Who typed a wrong word is missing on the page, and the teacher would not know why.
	 */
	private void tellOfRefusal(String name, String address) {
		if (this.refusals.isToBeTold(name + " " + address, Instant.now())) {
			this.teacher.println(this.messages.get("class.refused", name, address));
		}
	}

	private void require(@Nullable String word) {
		if (!this.word.is(word)) {
			boolean missing = word == null || word.isBlank();
			throw new ResponseStatusException(HttpStatus.FORBIDDEN,
					this.messages.get(missing ? "class.word-missing" : "class.word-wrong"));
		}
	}

}
