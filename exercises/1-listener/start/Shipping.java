package shipping;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * A service that ships what was ordered.
 */
@SpringBootApplication
public class Shipping {

	public static void main(String[] args) {
		SpringApplication.run(Shipping.class, args);
	}

}
