package lab.order;

import java.util.EnumSet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/**
 * Limits what one client can take from the others. The connection limits are in
 * application.yml.
 */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

	/**
	 * For the web server only: a mocked request cannot be read without blocking.
	 */
	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> bodyReader(OrderProperties properties) {
		return (server) -> server.addInitializers((context) -> {
			FilterRegistration.Dynamic filter = context.addFilter("bodyReader",
					new BodyReader(properties.bodyTimeout(), (int) DataSize.ofKilobytes(64).toBytes()));
			filter.setAsyncSupported(true);
			filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
		});
	}

}
