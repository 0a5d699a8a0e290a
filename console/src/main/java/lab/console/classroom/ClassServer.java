package lab.console.classroom;

import java.io.PrintStream;

import lab.console.lesson.Lessons;
import lab.console.process.LabHome;
import lab.console.process.Ports;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The web server of a class.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ ClassController.class, SmallRequests.class })
class ClassServer {

	/**
	 * Starts the server. Closing what is returned stops it; nothing else does.
	 * @param address where to listen: this machine, or every network that it is in
	 * @param teacher where the teacher is told of refused reports
	 * @throws LabException if the port is taken
	 */
	static ConfigurableApplicationContext start(LabHome home, String address, int port, ClassWord word,
			PrintStream teacher, Messages messages) {
		if (Ports.taken(port)) {
			throw new LabException(messages.get("class.port-taken", port));
		}
		return new SpringApplicationBuilder(ClassServer.class).registerShutdownHook(false).initializers((context) -> {
			context.getBeanFactory().registerSingleton("lessons", Lessons.in(home.root(), messages));
			context.getBeanFactory().registerSingleton("word", word);
			context.getBeanFactory().registerSingleton("teacher", teacher);
			context.getBeanFactory().registerSingleton("messages", messages);
		})
			// nothing of the board is served; who is slow, or sends too much, is
			// disconnected
			.run("--server.address=" + address, "--server.port=" + port, "--spring.web.resources.add-mappings=false",
					"--spring.mvc.problemdetails.enabled=true", "--server.tomcat.connection-timeout=3s",
					"--server.tomcat.max-swallow-size=0B");
	}

	@Bean
	Classroom classroom() {
		return new Classroom();
	}

}
