package lab.console.lesson.list;

import lab.console.process.LabHome;
import lombok.RequiredArgsConstructor;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Serves the files that the lessons link to.
 */
@Configuration
@RequiredArgsConstructor
public class LessonFiles implements WebMvcConfigurer {

	private final LabHome home;

	@Override
	public void addResourceHandlers(ResourceHandlerRegistry registry) {
		registry.addResourceHandler("/lessons/**")
			.addResourceLocations(this.home.root().resolve("lessons").toUri().toString());
	}

	@Override
	public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
		configurer.mediaType("java", MediaType.TEXT_PLAIN);
	}

}
