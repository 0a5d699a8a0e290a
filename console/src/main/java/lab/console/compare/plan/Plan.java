package lab.console.compare.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What is measured, how often, and in which order.
 *
 * @param members at the start of each run
 * @param partitions of the topic in each scenario but growth
 * @param growFrom partitions before growth
 * @param growTo partitions after it
 * @param rate records sent a second
 * @param size of a record's value in bytes
 * @param repetitions of each run that does not wait for minutes
 * @param slowRepetitions of one that does; none where its bound is stated instead
 * @param parallel how many of the settings as shipped are measured at once: they wait
 * most of the time
 * @param seed of every random choice
 */
public record Plan(int members, int partitions, int growFrom, int growTo, int rate, int size, int repetitions,
		int slowRepetitions, int parallel, long seed, List<Setting> settings, List<Scenario> scenarios,
		List<MemberKind> series) {

	/**
	 * What a group takes to form and to be taken apart again.
	 */
	private static final Duration AROUND = Duration.ofSeconds(5);

	private static final Duration SLOW = Duration.ofSeconds(25);

	/**
	 * One run.
	 *
	 * @param number counted from 1, which makes its names unique and its random choices
	 * its own
	 */
	public record Item(int number, Setting setting, Scenario scenario, MemberKind series) {

		public boolean slow() {
			return this.scenario.bound(this.setting).compareTo(SLOW) > 0;
		}

		/**
		 * What it will take, roughly, and at the most where it waits.
		 */
		public Duration estimate() {
			Duration heartbeats = this.setting.heartbeat().multipliedBy(2);
			return AROUND.plus(heartbeats).plus(switch (this.scenario) {
				case ROLLING -> AROUND.plus(heartbeats).multipliedBy(2);
				case PAUSE -> this.scenario.bound(this.setting).plus(AROUND).plus(heartbeats);
				default -> this.scenario.bound(this.setting);
			});
		}

	}

	/**
	 * The runs of tuned settings: round by round, each round in another order, so that a
	 * machine that drifts drifts for all.
	 */
	public List<Item> alone() {
		return rounds(false);
	}

	/**
	 * The runs of settings as shipped, several at once.
	 */
	public List<Item> together() {
		return rounds(true);
	}

	private List<Item> rounds(boolean asShipped) {
		Random random = new Random(this.seed);
		List<Item> items = new ArrayList<>();
		for (int round = 0; round < Math.max(this.repetitions, this.slowRepetitions); round++) {
			List<Item> block = new ArrayList<>();
			for (Item item : once()) {
				if (item.setting().asShipped() == asShipped
						&& round < (item.slow() ? this.slowRepetitions : this.repetitions)) {
					block.add(item);
				}
			}
			Collections.shuffle(block, random);
			for (Item item : block) {
				items.add(new Item(items.size() + 1 + (asShipped ? 100_000 : 0), item.setting(), item.scenario(),
						item.series()));
			}
		}
		return items;
	}

	/**
	 * Each combination; a bare KafkaConsumer is in no share group.
	 */
	public List<Item> once() {
		List<Item> items = new ArrayList<>();
		for (Scenario scenario : this.scenarios) {
			for (Setting setting : this.settings) {
				for (MemberKind series : this.series) {
					if (series != MemberKind.PLAIN || !setting.shared()) {
						items.add(new Item(0, setting, scenario, series));
					}
				}
			}
		}
		return items;
	}

	public int partitionsAtStart(Scenario scenario) {
		return (scenario == Scenario.GROWTH) ? this.growFrom : this.partitions;
	}

}
