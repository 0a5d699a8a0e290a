package lab.product.stock;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedRuntimeException;

/**
 * The database of the stock cannot be used now. No order is to blame for that, so it is
 * tried again until the database is back.
 */
public class StockUnavailableException extends RuntimeException {

	StockUnavailableException(NestedRuntimeException cause) {
		super(cause);
	}

	/**
	 * Whether the failure is one of the stock's database.
	 */
	public static boolean isCauseOf(@Nullable Exception ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof StockUnavailableException) {
				return true;
			}
		}
		return false;
	}

}
