package lab.console.lesson;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When an output looks as it did when it was recorded.
 */
class RecordedOutputTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			[2026-11-27 01:53:18,444] ERROR it failed      | [2027-01-02 11:02:03,001] ERROR it failed
			TopicId: Wia7P8KOTL2GAy-ESu2hKA Partition: 0   | TopicId: 2XAEoDTKRMmH7k_5Le_xqQ Partition: 11
			"id": "0b0f2e6e-4d0b-4a57-9a55-7d1b7b0a2c11"   | "id": "5a7c93c1-0f7f-4d1e-8f5d-3f2f3a1b9e00"
			product topic_example 0 4 4 0 product1         | product  topic_example   1      23   23   0  product1
			12.5 ms, 1,000 records                         | 3 ms, 20 records
			reader-e1170b57-9efa-4c5d-a939-932db4b8c48e    | reader-90e890b1-5f30-4305-94a3-734786e279ee
			written 7s ago, for 2h                         | written 1m ago, for 3d
			Date: Fri, 27 Nov 2026 02:04:07 GMT            | Date: Sun, 06 Dec 2026 00:07:35 GMT
			""")
	void numbersIdentifiersAndColumnsMayDiffer(String recorded, String printed) {
		assertThat(new RecordedOutput(List.of(recorded), 1, 1).missingFrom(List.of("something", printed))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Created topic parcel-events.                   | Created topic parcel-orders.
			GROUP TOPIC PARTITION                          | GROUP TOPIC
			product topic_example 0 4 4 0 product1         | product topic_example 0 4 - - product1
			2 members and 1 topic                          | 2 messages and 1 topic
			""")
	void wordsMayNot(String recorded, String printed) {
		assertThat(new RecordedOutput(List.of(recorded), 1, 1).missingFrom(List.of(printed))).containsExactly(recorded);
	}

	@Test
	void linesMayBeAddedAndLeftOut() {
		assertThat(new RecordedOutput(List.of("a", RecordedOutput.LEFT_OUT, "d"), 1, 1)
			.missingFrom(List.of("a", "b", "c", "d"))).isEmpty();
	}

}
