package lab.product.stock;

import javax.sql.DataSource;

import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A mistake: the order's id and the stock are not written in the transaction, which is
 * one of another DataSource.
 */
public class InsertOutsideTransaction {

	@Bean
	Stock stock(StockProperties properties, StockFile file, DataSource database, JdbcClient jdbc) {
		return new Stock(properties, file, new DelegatingDataSource(database), jdbc);
	}

}
