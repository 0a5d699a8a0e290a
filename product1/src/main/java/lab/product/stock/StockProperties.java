package lab.product.stock;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.PositiveOrZero;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Profile;
import org.springframework.validation.annotation.Validated;

/**
 * What is in stock before the first order.
 *
 * @param product what is sold; an order does not name a product, so there is one
 * @param amount how many of it there are when the database is new
 * @param file the file of an SQLite database; another database does not use it. A String,
 * because Spring looks for a relative Path in the web application
 */
@Validated
@Profile("stock")
@ConfigurationProperties("lab.stock")
record StockProperties(@DefaultValue("product") @NotBlank String product,
		@DefaultValue("10000") @PositiveOrZero long amount, @NotBlank String file) {
}
