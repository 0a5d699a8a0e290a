package lab.console.chaos.fault;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import lab.console.chaos.ledger.HistoryLine;
import lab.console.chaos.ledger.HistoryLine.Begin;
import lab.console.chaos.ledger.HistoryLine.End;
import lab.console.chaos.ledger.HistoryLine.NetworkFault;
import lab.console.chaos.ledger.HistoryLine.Repeat;
import lab.console.chaos.ledger.HistoryLine.Send;
import lab.console.chaos.ledger.HistoryLine.Strike;
import lab.console.chaos.ledger.Ledger;
import lab.console.chaos.ledger.RepeatWay;
import lab.console.chaos.ledger.RunHistory;
import lab.console.chaos.ledger.SendOutcome;
import lab.console.terminal.EnumOption;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run is void without what shows that its fault had an effect. Order 1 is sent after
 * all that was done.
 */
class EvidenceTests {

	private static final Instant BEGIN = Instant.parse("2026-11-27T09:00:00Z");

	@Test
	void aFullDiskHasAnEffectWhenTheBrokerEndedAndAnOrderWasNotAcknowledged() {
		Strike fill = new Strike("fill-disk", "kafka", at(10));
		Strike ended = new Strike(Strike.ENDED, "kafka", at(11));
		assertThat(hadEffect(Fault.DISK_FULL, fill, ended, send(SendOutcome.REFUSED))).isTrue();
		assertThat(hadEffect(Fault.DISK_FULL, fill, ended, send(SendOutcome.ACKNOWLEDGED))).isFalse();
		assertThat(hadEffect(Fault.DISK_FULL, fill, send(SendOutcome.REFUSED))).isFalse();
	}

	@Test
	void aBrokenNetworkHasAnEffectWhenEachPhaseHadOneAndAnOrderWasSentAgain() {
		List<HistoryLine> lines = new ArrayList<>(Arrays.stream(NetworkPhase.values())
			.map((phase) -> new NetworkFault(EnumOption.name(phase), 1, 1))
			.toList());
		lines.add(send(SendOutcome.UNKNOWN));
		lines.add(new Repeat(1, RepeatWay.AFTER_NETWORK, at(60), at(61), SendOutcome.ACKNOWLEDGED, 201, "id-1"));
		assertThat(hadEffect(Fault.NETWORK, lines.toArray(HistoryLine[]::new))).isTrue();
		for (int i = 0; i < lines.size(); i++) {
			List<HistoryLine> without = new ArrayList<>(lines);
			without.remove(i);
			assertThat(hadEffect(Fault.NETWORK, without.toArray(HistoryLine[]::new))).as(lines.get(i).toString())
				.isFalse();
		}
		lines.set(0, new NetworkFault("cut", 0, 1));
		assertThat(hadEffect(Fault.NETWORK, lines.toArray(HistoryLine[]::new))).isFalse();
	}

	@Test
	void oneOfThreeBrokersHasAnEffectWhenOthersTookOver() {
		Strike kill = new Strike("kill", "kafka2", at(10));
		assertThat(hadEffect(Fault.ONE_OF_THREE, kill, new Strike(Strike.REPLACED, "kafka2", at(20)))).isTrue();
		assertThat(hadEffect(Fault.ONE_OF_THREE, kill)).isFalse();
	}

	@Test
	void twoOfThreeBrokersHaveAnEffectWhenAnOrderWasNotAcknowledgedMeanwhile() {
		Strike one = new Strike("kill", "kafka2", at(10));
		Strike other = new Strike("kill", "kafka3", at(20));
		Strike late = new Strike("start", "kafka2", at(90));
		assertThat(hadEffect(Fault.TWO_OF_THREE, one, other, late, send(SendOutcome.UNKNOWN))).isTrue();
		assertThat(hadEffect(Fault.TWO_OF_THREE, one, other, late, send(SendOutcome.ACKNOWLEDGED))).isFalse();
		Strike early = new Strike("start", "kafka2", at(40));
		assertThat(hadEffect(Fault.TWO_OF_THREE, one, other, early, send(SendOutcome.UNKNOWN))).isFalse();
	}

	private static boolean hadEffect(Fault fault, HistoryLine... lines) {
		List<HistoryLine> all = new ArrayList<>(List.of(new Begin(fault.code(), 1, "consumer", 50, 2, 4, BEGIN, null)));
		all.addAll(List.of(lines));
		all.add(new End(true, "", at(100)));
		return fault.hadEffect(Ledger.of(new RunHistory(all)));
	}

	private static Send send(SendOutcome outcome) {
		return new Send(1, "kim", at(50), at(55), outcome, 503, null, null);
	}

	private static Instant at(int millis) {
		return BEGIN.plusMillis(millis);
	}

}
