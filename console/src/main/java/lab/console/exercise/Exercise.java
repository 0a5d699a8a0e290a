package lab.console.exercise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import lab.console.lesson.Block;
import lab.console.lesson.Block.Answer;
import lab.console.lesson.Block.Start;
import lab.console.lesson.Block.Stop;
import lab.console.lesson.Lesson;
import lab.console.lesson.Lesson.Step;
import lab.console.lesson.Lessons;
import lab.console.lesson.Ticks;
import lab.console.process.Ports;

/**
 * An exercise in one language.
 *
 * @param page its introduction is the task, its steps are the check
 * @param help its first step has the hints, its second one says why the solution is
 * right: in a file of its own, because an editor does not fold them as a browser does
 * @param start the folder with the files to begin with
 * @param solution the folder with the files that the solution changes
 * @param copy the folder of the learner's own files
 */
record Exercise(Lesson page, Lesson help, Path start, Path solution, Path copy) {

	/**
	 * The variable with the path of {@link #copy()}, for the commands of the check.
	 */
	static final String VARIABLE = "EXERCISE";

	private static final Pattern PAGE = Pattern.compile("http://localhost:(\\d+)\\S*");

	private static final Pattern LISTEN_ADDRESS = Pattern.compile("--web\\.listen-address=(\\S+:(\\d+))");

	/**
	 * Where a program listens.
	 *
	 * @param shown as a person types it, in a browser or after {@code --bootstrap-server}
	 */
	record Address(String name, String shown, int port) {
	}

	/**
	 * How far a learner is with an exercise.
	 */
	enum ExerciseState {

		OPEN, BEGUN, SOLVED

	}

	/**
	 * Returns the name of its folder without the number that orders the exercises.
	 */
	String name() {
		return Lessons.shortName(this.page);
	}

	List<Block> task() {
		return this.page.intro();
	}

	/**
	 * Returns the steps that check what the learner has made, as a lesson.
	 */
	Lesson check() {
		return lesson(this.page.steps());
	}

	/**
	 * Returns the check without what it stops last, for a learner who wants to look at
	 * what runs then.
	 */
	Lesson trial() {
		List<Step> steps = new ArrayList<>(this.page.steps());
		Step last = steps.remove(steps.size() - 1);
		int size = last.blocks().size();
		while (size > 0 && last.blocks().get(size - 1) instanceof Stop) {
			size--;
		}
		steps.add(new Step(last.title(), last.blocks().subList(0, size)));
		return lesson(steps);
	}

	private Lesson lesson(List<Step> steps) {
		return new Lesson(this.page.name(), this.page.title(), List.of(), steps, this.page.ownBroker(),
				this.page.names());
	}

	List<Answer> hints() {
		return answers(1);
	}

	List<Answer> explanation() {
		return answers(2);
	}

	private List<Answer> answers(int step) {
		return this.help.step(step).blocks().stream().filter(Answer.class::isInstance).map(Answer.class::cast).toList();
	}

	/**
	 * Returns where the programs listen that the check starts, as its commands say: a web
	 * page's address, that of a program of the lab, or one that is given to Prometheus.
	 */
	List<Address> addresses() {
		return this.page.steps()
			.stream()
			.flatMap((step) -> step.blocks().stream())
			.filter(Start.class::isInstance)
			.flatMap((start) -> addresses((Start) start))
			.distinct()
			.toList();
	}

	private static Stream<Address> addresses(Start start) {
		String script = start.script().text();
		Matcher printed = PAGE.matcher(start.ready());
		if (printed.find()) {
			return Stream.of(new Address(start.service(), printed.group(), Integer.parseInt(printed.group(1))));
		}
		Matcher given = LISTEN_ADDRESS.matcher(script);
		if (given.find()) {
			return Stream
				.of(new Address(start.service(), "http://" + given.group(1), Integer.parseInt(given.group(2))));
		}
		List<String> words = List.of((start.service() + " " + script).split("\\s+"));
		// a broker also has a port for its controller, which is no use to a learner
		Set<String> found = new HashSet<>();
		return Ports.OF_THE_LAB.entrySet()
			.stream()
			.filter((port) -> words.contains(port.getValue()) && found.add(port.getValue()))
			.map((port) -> new Address(port.getValue(),
					(port.getValue().equals("kafka") ? "" : "http://") + "localhost:" + port.getKey(), port.getKey()));
	}

	ExerciseState state(Ticks ticks) {
		Lesson check = check();
		if (ticks.steps(check).size() == check.steps().size()) {
			return ExerciseState.SOLVED;
		}
		return Files.isDirectory(this.copy) ? ExerciseState.BEGUN : ExerciseState.OPEN;
	}

	/**
	 * Copies the files that the learner does not have. Those that are there are left as
	 * they are.
	 */
	void begin() throws IOException {
		for (Path file : files(this.start)) {
			Path own = this.copy.resolve(file);
			if (!Files.exists(own)) {
				Files.createDirectories(own.getParent());
				Files.copy(this.start.resolve(file), own);
			}
		}
	}

	/**
	 * Returns the files in the folder, relative to it, by name.
	 */
	static List<Path> files(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

}
