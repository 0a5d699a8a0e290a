package lab.console.board;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

import jakarta.servlet.http.HttpServletResponse;
import lab.console.board.Frames.Frame;
import lab.console.board.Frames.BoardRecording;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Serves what the page shows: the stream of server-sent events, its export, and the
 * messages.
 */
@RestController
@RequestMapping("/api")
@RequiredArgsConstructor
class BoardController {

	private static final Duration HEARTBEAT = Duration.ofSeconds(10);

	private static final Duration RETRY = Duration.ofSeconds(1);

	/**
	 * Each stream has a thread, of the server's 200; the other requests need some, too.
	 */
	private static final int VIEWERS = 100;

	private static final Set<String> OF_THE_PAGE = Set.of("board", "verdict", "event", "cause");

	private final WatchedGroups groups;

	private final Semaphore viewers = new Semaphore(VIEWERS);

	/**
	 * Sends the whole state, or what the page has missed, and then each change. Each
	 * stream has its own thread, so that a slow one does not delay the others.
	 * @param group null for the board's own
	 */
	@GetMapping(path = "/board", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	void board(@RequestParam(required = false) @Nullable String group,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastId,
			HttpServletResponse response) throws InterruptedException, IOException {
		if (!this.viewers.tryAcquire()) {
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "Too many pages are open.");
		}
		try {
			Frames frames = this.groups.show(group);
			try {
				stream(frames, lastId, response);
			}
			finally {
				this.groups.leave(group);
			}
		}
		finally {
			this.viewers.release();
		}
	}

	private static void stream(Frames frames, @Nullable String lastId, HttpServletResponse response)
			throws InterruptedException, IOException {
		response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
		response.setCharacterEncoding(StandardCharsets.UTF_8.name());
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		PrintWriter out = response.getWriter();
		out.print("retry: %d\n\n".formatted(RETRY.toMillis()));
		String known = lastId;
		// checkError, because closing the page is not an error
		while (!out.checkError() && !frames.isClosed()) {
			var news = frames.after(known, HEARTBEAT);
			for (Frame frame : news) {
				out.print("id: %s\nevent: %s\ndata: %s\n\n".formatted(frame.id(), frame.event(), frame.data()));
				known = frame.id();
			}
			if (news.isEmpty()) {
				out.print(": still here\n\n");
			}
		}
	}

	@GetMapping("/board/export")
	ResponseEntity<BoardRecording> export(@RequestParam(required = false) @Nullable String group) {
		Frames frames = this.groups.frames(group)
			.orElseThrow(
					() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "The board does not show this group now."));
		return ResponseEntity.ok()
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.attachment().filename("consumer-group.json").build().toString())
			.body(frames.recording());
	}

	/**
	 * The page's messages, by key.
	 */
	@GetMapping("/messages")
	TreeMap<String, String> messages(@RequestParam(defaultValue = "en") String lang) {
		Messages messages = Messages.in(lang.equals(Language.KO.code()) ? Language.KO : Language.EN);
		TreeMap<String, String> sentences = new TreeMap<>();
		messages.bundle()
			.keySet()
			.stream()
			.filter((key) -> OF_THE_PAGE.contains(key.split("\\.", 2)[0]))
			.forEach((key) -> sentences.put(key, messages.get(key)));
		return sentences;
	}

}
