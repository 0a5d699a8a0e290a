package lab.console;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rooms of the console: a room depends only on the rooms below it, no two classes
 * depend on each other in a circle, and no two have the same simple name.
 */
@AnalyzeClasses(packages = ArchitectureTests.CONSOLE, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	static final String CONSOLE = "lab.console";

	/**
	 * The packages below {@code lab.console}, from top to bottom. A package that is not
	 * listed belongs to the nearest one above it that is.
	 */
	private static final List<String> ROOMS = List.of("", ".up", ".board", ".rail", ".compare", ".compare.report",
			".compare.run", ".compare.plan", ".compare.measure", ".bench", ".bench.run", ".bench.measure", ".chaos",
			".chaos.run", ".chaos.fault", ".chaos.ledger", ".exercise", ".classroom", ".lesson.list", ".lesson.tour",
			".lesson.report", ".lesson", ".watch.screen", ".watch", ".instance", ".doctor", ".order", ".deadletter",
			".group", ".events", ".terminal", ".process");

	/**
	 * Simple names that two classes may share, with the reason.
	 */
	private static final Map<String, String> SHARED_NAMES = Map.of("State",
			"nested, and always named with its class: that of an instance, and that of a container as Docker has it");

	@ArchTest
	private static final ArchRule aRoomDependsOnlyOnRoomsBelowIt = classes()
		.should(new ArchCondition<JavaClass>("depend only on classes of their own room and of rooms below it") {
			@Override
			public void check(JavaClass origin, ConditionEvents events) {
				for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
					JavaClass target = dependency.getTargetClass().getBaseComponentType();
					if (isOfConsole(target) && room(target) < room(origin)) {
						events.add(SimpleConditionEvent.violated(origin, dependency.getDescription()));
					}
				}
			}
		});

	@ArchTest
	static void packagesHaveNoCircles(JavaClasses classes) {
		assertThat(circles(classes, JavaClass::getPackageName)).as("circles of packages").isEmpty();
	}

	@ArchTest
	static void classesHaveNoCircles(JavaClasses classes) {
		assertThat(circles(classes, ArchitectureTests::topLevelName)).as("circles of classes").isEmpty();
	}

	@ArchTest
	static void classesHaveDifferentSimpleNames(JavaClasses classes) {
		Map<String, TreeSet<String>> bySimpleName = classes.stream()
			.filter((type) -> !type.isAnonymousClass() && !type.isLocalClass())
			.filter((type) -> !type.getSimpleName().equals("package-info"))
			.collect(Collectors.groupingBy(JavaClass::getSimpleName, TreeMap::new,
					Collectors.mapping(JavaClass::getName, Collectors.toCollection(TreeSet::new))));
		bySimpleName.keySet().removeAll(SHARED_NAMES.keySet());
		assertThat(bySimpleName.values()).as("classes with the same simple name")
			.filteredOn((names) -> names.size() > 1)
			.isEmpty();
	}

	private static boolean isOfConsole(JavaClass type) {
		return type.getPackageName().equals(CONSOLE) || type.getPackageName().startsWith(CONSOLE + ".");
	}

	/**
	 * Returns the number of the class's room; 0 is the top one.
	 */
	private static int room(JavaClass type) {
		String name = type.getPackageName().substring(CONSOLE.length()) + ".";
		return ROOMS.stream()
			.filter((room) -> name.startsWith(room + "."))
			.max(Comparator.comparing(String::length))
			.map(ROOMS::indexOf)
			.orElseThrow();
	}

	private static String topLevelName(JavaClass type) {
		return type.getName().replaceFirst("\\$.*", "");
	}

	/**
	 * Returns the groups of names of which each depends on all the others. ArchUnit's own
	 * rule for slices finds some of them only.
	 */
	private static Set<Set<String>> circles(JavaClasses classes, Function<JavaClass, String> name) {
		Map<String, Set<String>> dependencies = new TreeMap<>();
		for (JavaClass origin : classes) {
			for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
				JavaClass target = dependency.getTargetClass().getBaseComponentType();
				if (isOfConsole(target) && !name.apply(target).equals(name.apply(origin))) {
					dependencies.computeIfAbsent(name.apply(origin), (key) -> new TreeSet<>()).add(name.apply(target));
				}
			}
		}
		Map<String, Set<String>> reachable = new TreeMap<>();
		dependencies.keySet().forEach((from) -> reachable.put(from, reachable(from, dependencies)));
		return reachable.entrySet()
			.stream()
			.filter((from) -> from.getValue().contains(from.getKey()))
			.map((from) -> from.getValue()
				.stream()
				.filter((to) -> reachable.getOrDefault(to, Set.of()).contains(from.getKey()))
				.collect(Collectors.<String, Set<String>>toCollection(TreeSet::new)))
			.collect(Collectors.toSet());
	}

	private static Set<String> reachable(String from, Map<String, Set<String>> dependencies) {
		Set<String> reached = new TreeSet<>();
		Deque<String> next = new ArrayDeque<>(Set.of(from));
		while (!next.isEmpty()) {
			dependencies.getOrDefault(next.pop(), Set.of()).stream().filter(reached::add).forEach(next::push);
		}
		return reached;
	}

}
