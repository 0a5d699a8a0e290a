package lab.console.compare.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What is measured, how often, and in which order.
 *
 * @param members number of members at the start of each run
 * @param partitions number of partitions in the scenarios that add none
 * @param growFrom number of partitions before growth
 * @param growTo number of partitions after growth
 * @param rate records sent per second, over all partitions
 * @param size minimum size of a record's value in bytes
 * @param repetitions of each run that is not slow
 * @param slowRepetitions of each slow run; 0 if only its bound is reported
 * @param parallel how many runs of settings as shipped go on at once; they spend most of
 * their time waiting
 * @param seed of every random choice
 */
public record Plan(int members, int partitions, int growFrom, int growTo, int rate, int size, int repetitions,
		int slowRepetitions, int parallel, long seed, List<Setting> settings, List<Scenario> scenarios,
		@JsonProperty("series") List<MemberKind> memberKinds) {

	private static final Duration SLOW = Duration.ofSeconds(25);

	private static final int FIRST_NUMBER_AS_SHIPPED = 100_001;

	public Plan {
		settings = List.copyOf(settings);
		scenarios = List.copyOf(scenarios);
		memberKinds = List.copyOf(memberKinds);
	}

	/**
	 * One run.
	 *
	 * @param number from 1, unique in the comparison; names of topics and random choices
	 * are derived from it
	 */
	public record Item(int number, Setting setting, Scenario scenario, MemberKind memberKind) {

		public boolean slow() {
			return this.scenario.bound(this.setting).compareTo(SLOW) > 0;
		}

		/**
		 * Rough time that the run takes, at most.
		 */
		public Duration estimate() {
			return Scenario.SETUP.plus(Scenario.twoHeartbeats(this.setting)).plus(this.scenario.estimate(this.setting));
		}

	}

	/**
	 * The runs of tuned settings, to be carried out one at a time. They are ordered in
	 * rounds, each shuffled, so that a machine that gets slower affects all settings
	 * alike.
	 */
	public List<Item> alone() {
		return rounds(false, 1);
	}

	/**
	 * The runs of settings as shipped, to be carried out several at once. Their numbers
	 * are apart from those of {@link #alone()}, however many these are: the phase of a
	 * run follows from its number.
	 */
	public List<Item> together() {
		return rounds(true, FIRST_NUMBER_AS_SHIPPED);
	}

	private List<Item> rounds(boolean asShipped, int firstNumber) {
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
				items.add(new Item(firstNumber + items.size(), item.setting(), item.scenario(), item.memberKind()));
			}
		}
		return items;
	}

	/**
	 * Returns each combination of scenario, setting and kind of member, numbered 0. There
	 * are no plain members of share groups.
	 */
	public List<Item> once() {
		List<Item> items = new ArrayList<>();
		for (Scenario scenario : this.scenarios) {
			for (Setting setting : this.settings) {
				for (MemberKind kind : this.memberKinds) {
					if (kind != MemberKind.PLAIN || !setting.shared()) {
						items.add(new Item(0, setting, scenario, kind));
					}
				}
			}
		}
		return items;
	}

	/**
	 * Returns the number of partitions with which a run of the scenario starts.
	 */
	public int partitionsAtStart(Scenario scenario) {
		return scenario.grows() ? this.growFrom : this.partitions;
	}

}
