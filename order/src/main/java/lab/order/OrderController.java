package lab.order;

import java.util.concurrent.CompletableFuture;

import jakarta.validation.Valid;
import lombok.RequiredArgsConstructor;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Accepts orders over HTTP and answers when the broker has acknowledged them. No thread
 * waits for the acknowledgement.
 */
@RestController
@RequiredArgsConstructor
class OrderController {

	private final IdempotentOrders orders;

	@PostMapping(path = "/orders", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	CompletableFuture<PlacedOrder> place(@Valid @RequestBody PlaceOrder order, @RequestHeader HttpHeaders headers) {
		return this.orders.place(order, IdempotencyKey.of(headers));
	}

}
