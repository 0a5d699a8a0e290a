package lab.console.board;

import java.util.Map;

import lab.console.deadletter.DeadLettersController;
import lab.console.group.GroupsController;
import lab.console.group.PartitionsController;
import lab.console.group.WatchedGroup;
import lab.console.instance.InstancesController;
import lab.console.instance.LabInstances;
import lab.console.exercise.ExercisesController;
import lab.console.lesson.list.LessonFiles;
import lab.console.lesson.list.LessonsController;
import lab.console.order.OrdersController;
import lab.console.process.LabHome;
import lab.console.process.Ports;
import lab.console.rail.RailController;
import lab.console.rail.Rails;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * The lab's web server, on loopback. Its parts are those that are imported here.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableScheduling
@Import({ BoardController.class, DeadLettersController.class, ExercisesController.class, GroupsController.class,
		InstancesController.class, LabInstances.class, LessonFiles.class, LessonsController.class,
		OrdersController.class, PartitionsController.class, Problems.class, RailController.class, RequestGuard.class,
		StartController.class, WatchedGroups.class })
public class Board {

	/**
	 * The default port.
	 */
	public static final int PORT = 8080;

	/**
	 * Starts the server. Closing what is returned stops it; nothing else does.
	 * @param options name the cluster
	 * @param source what is watched on it
	 * @param port where to listen, on loopback
	 * @throws LabException if the port is taken
	 */
	public static ConfigurableApplicationContext start(LabHome home, LabOptions options, WatchedGroup source, int port,
			Messages messages) {
		return start(home, options, source, StartPage.GROUP, port, messages);
	}

	static ConfigurableApplicationContext start(LabHome home, LabOptions options, WatchedGroup source,
			StartPage startPage, int port, Messages messages) {
		if (Ports.taken(port)) {
			throw new LabException(messages.get("board.port-taken", port));
		}
		return new SpringApplicationBuilder(Board.class).registerShutdownHook(false)
			.properties(Map.of("server.port", port))
			.initializers((context) -> {
				context.getBeanFactory().registerSingleton("labHome", home);
				context.getBeanFactory().registerSingleton("labOptions", options);
				context.getBeanFactory().registerSingleton("source", source);
				context.getBeanFactory().registerSingleton("startPage", startPage);
			})
			.run();
	}

	@Bean
	Rails rails(LabHome home) {
		return new Rails(home);
	}

}
