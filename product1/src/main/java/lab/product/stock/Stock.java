package lab.product.stock;

import java.sql.SQLException;
import java.util.UUID;

import javax.sql.DataSource;

import lombok.extern.slf4j.Slf4j;

import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.JdbcUpdateAffectedIncorrectNumberOfRowsException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The stock, which goes down by one for each order. All instances share one database.
 * <p>
 * Kafka can deliver an order again: the process dies after the stock went down and before
 * the offset was committed, or another instance takes the partition over. So the order's
 * id is written in the same transaction as the stock, and an id that is there already
 * changes nothing. Two instances with the same order at once wait for each other: SQLite
 * has one writer at a time, PostgreSQL lets the second insert wait for the first one's
 * transaction.
 * <p>
 * The stock can go below zero: orders were accepted already, and what is missing has to
 * be produced. So the initial amount is always the sum of what is left and the orders
 * counted.
 */
@Slf4j
@Component
@Profile("stock")
public class Stock {

	private static final String TAKE = "update product_stock set amount = amount - 1 where product = ?";

	private final StockProperties properties;

	private final StockFile file;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	/** Whether the last order could not be counted because of the database. */
	private volatile boolean away;

	/**
	 * The transaction manager is not a bean, so that it is not taken for the one of
	 * Kafka's transactions.
	 */
	Stock(StockProperties properties, StockFile file, DataSource database, JdbcClient jdbc) {
		this.properties = properties;
		this.file = file;
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
	}

	/**
	 * Takes one out of the stock, unless that was done for this order before.
	 * @return false if it was done before, so that nothing changed
	 * @throws StockUnavailableException if the database does not answer or refuses;
	 * nothing changed, unless the answer to a commit was lost, after which the next call
	 * returns false
	 */
	public boolean take(UUID orderId) {
		try {
			this.file.requireUnchanged();
			boolean taken = Boolean.TRUE.equals(this.transaction.execute((status) -> takeOnce(orderId)));
			if (this.away) {
				this.away = false;
				log.info("The stock's database is back.");
			}
			return taken;
		}
		catch (DataAccessException | TransactionException ex) {
			if (!this.away) {
				this.away = true;
				log.warn("The stock's database cannot be used ({}); the orders wait for it.", reason(ex));
			}
			throw new StockUnavailableException(ex);
		}
	}

	private boolean takeOnce(UUID orderId) {
		int inserted = this.jdbc.sql("insert into handled_order (order_id) values (?) on conflict do nothing")
			.param(orderId.toString())
			.update();
		if (inserted == 0) {
			return false;
		}
		int taken = this.jdbc.sql(TAKE).param(this.properties.product()).update();
		if (taken != 1) {
			throw new JdbcUpdateAffectedIncorrectNumberOfRowsException(TAKE, 1, taken);
		}
		return true;
	}

	/**
	 * Reads both numbers in one statement, so that they agree.
	 * @throws DataAccessException if the database does not answer, or its file is gone
	 */
	Level level() {
		this.file.requireUnchanged();
		return this.jdbc
			.sql("select product, amount, (select count(*) from handled_order) as orders from product_stock"
					+ " where product = ?")
			.param(this.properties.product())
			.query(Level.class)
			.single();
	}

	/**
	 * What the database said, or what else failed, in one line.
	 */
	static String reason(Exception ex) {
		Throwable reason = ex;
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException) {
				reason = cause;
			}
		}
		return String.valueOf(reason.getMessage()).replaceAll("\\s+", " ").strip();
	}

	/**
	 * @param amount how many are left, negative if more were ordered
	 * @param orders how many orders were counted
	 */
	record Level(String product, long amount, long orders) {
	}

}
