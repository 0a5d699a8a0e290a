package lab.product;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Dependencies between packages run in one direction, and no class depends on itself by
 * way of another package.
 */
@AnalyzeClasses(packages = "lab.product", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule dependenciesRunFromShareToTheStock = layeredArchitecture()
		.consideringOnlyDependenciesInLayers()
		.layer("share")
		.definedBy("lab.product.share")
		.layer("assignment")
		.definedBy("lab.product.assignment")
		.layer("membership")
		.definedBy("lab.product.membership")
		.layer("root")
		.definedBy("lab.product")
		.layer("stock")
		.definedBy("lab.product.stock")
		.whereLayer("share")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("assignment")
		.mayOnlyBeAccessedByLayers("share")
		.whereLayer("membership")
		.mayOnlyBeAccessedByLayers("share", "assignment")
		.whereLayer("root")
		.mayOnlyBeAccessedByLayers("share", "assignment", "membership")
		.whereLayer("stock")
		.mayOnlyBeAccessedByLayers("root")
		.ensureAllClassesAreContainedInArchitecture();

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("(lab.product..)").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule classesHaveNoCycles = slices().assignedFrom(new TopLevelClasses()).should().beFreeOfCycles();

	private static final class TopLevelClasses implements SliceAssignment {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			JavaClass topLevel = type;
			while (topLevel.getEnclosingClass().isPresent()) {
				topLevel = topLevel.getEnclosingClass().get();
			}
			return SliceIdentifier.of(topLevel.getName());
		}

		@Override
		public String getDescription() {
			return "top-level classes";
		}

	}

}
