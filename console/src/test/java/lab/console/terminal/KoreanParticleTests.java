package lab.console.terminal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class KoreanParticleTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			파티션            | 이 | 으로
			토픽              | 이 | 으로
			브로커            | 가 | 로
			레슨 터미널       | 이 | 로
			product1          | 이 | 로
			product2          | 가 | 로
			product3          | 이 | 으로
			kafka4            | 가 | 로
			shop-orders-5     | 가 | 로
			product6          | 이 | 으로
			product7          | 이 | 로
			product8          | 이 | 로
			localhost:9092    | 가 | 로
			product9          | 가 | 로
			10                | 이 | 으로
			0                 | 이 | 으로
			8080              | 이 | 으로
			kim               | 이 | 으로
			admin             | 이 | 으로
			rolling           | 이 | 으로
			kafka             | 가 | 로
			order             | 가 | 로
			product           | 가 | 로
			analytics         | 가 | 로
			topic_example     | 이 | 로
			kill              | 이 | 로
			pipeline          | 이 | 으로
			payment-service   | 가 | 로
			parcel-topic      | 이 | 으로
			platform-group    | 이 | 으로
			client            | 가 | 로
			cooperative       | 가 | 로
			compare.html      | 이 | 로
			TLS               | 가 | 로
			KIM               | 이 | 으로
			"order"           | 가 | 로
			`topic` (3)       | 이 | 으로
			[product1]        | 이 | 로
			--                | 가 | 로
			~~                | 가 | 로
			""")
	void followsTheLastSound(String word, String subject, String direction) {
		assertThat(KoreanParticle.after(word, "이", "가")).isEqualTo(subject);
		assertThat(KoreanParticle.after(word, "으로", "로")).isEqualTo(direction);
	}

	@Test
	void isChosenForTheValueBeforeIt() {
		Messages korean = Messages.in(Messages.Language.KO);
		assertThat(korean.get("instance.stopped", "product1")).isEqualTo("product1을 종료했습니다.");
		assertThat(korean.get("instance.stopped", "product2")).isEqualTo("product2를 종료했습니다.");
	}

}
