package io.sallyport.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The shape of the code, as an allow-list: what is not allowed here is not allowed. */
class ArchitectureTest {

    private static final String OURS = "io.sallyport..";
    private static final String GENERATED = "io.sallyport.push.agent.v1..";

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.sallyport");

    @ParameterizedTest
    @EnumSource
    void arrowsNeverTurnBack(Layer layer) {
        classes()
                .that()
                .resideInAPackage(layer.itself())
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(layer.mayUse()).or(not(resideInAPackage(OURS))))
                .because(layer.reason)
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @Test
    void everyClassHasAPlace() {
        classes()
                .that()
                .resideOutsideOfPackages("io.sallyport.local..", GENERATED)
                .should()
                .resideInAnyPackage(Layer.names())
                .because("a package that is not on the list is a decision that nobody took")
                .check(PRODUCT);
    }

    @Test
    void domainIsPlainJava() {
        classes()
                .that()
                .resideInAPackage("io.sallyport.domain..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.sallyport.domain..", "java..", "javax.security.auth.x500", "org.jspecify.annotations")
                .because("what is true must outlive every framework; the JDK names the owners of certificates in javax")
                .check(PRODUCT);
    }

    @Test
    void neutralCompilerIsPlainJava() {
        classes()
                .that()
                .resideInAnyPackage(
                        "io.sallyport.compiler",
                        "io.sallyport.compiler.explain..",
                        "io.sallyport.compiler.guardrail..",
                        "io.sallyport.compiler.risk..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.sallyport.compiler..",
                        "io.sallyport.domain..",
                        "java..",
                        "com.google.re2j..",
                        "org.jspecify..")
                .because(
                        "compilation knows no protocol; compiler.envoy alone speaks Envoy, and RE2 is what expressions of users mean")
                .check(PRODUCT);
    }

    @Test
    void domainAndCompilerAskNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage("io.sallyport.domain..", "io.sallyport.compiler..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .because("same state, same bytes, on every replica and after every restart")
                .check(PRODUCT);
    }

    @Test
    void onlyThePostgresStoreKnowsTheDatabase() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.sallyport.store.postgres..", "io.sallyport.local..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "javax.sql..",
                        "jakarta.persistence..",
                        "org.hibernate..",
                        "io.quarkus.hibernate..",
                        "org.postgresql..",
                        "io.agroal..",
                        "org.flywaydb..")
                .because("the store is an interface, and a fake must be able to take its place")
                .check(PRODUCT);
    }

    @Test
    void onlyTheEdgesKnowTheirWire() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.sallyport.push..", "io.sallyport.boot..", "io.sallyport.local..", GENERATED)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.grpc..", "io.quarkus.grpc..", GENERATED)
                .because("gRPC is how agents are spoken to and nothing else")
                .check(PRODUCT);
    }

    @Test
    void onlyRestKnowsHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.sallyport.rest..",
                        "io.sallyport.boot..",
                        "io.sallyport.identity.oidc..",
                        "io.sallyport.local..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .because("a use case can be asked by something else than HTTP")
                .check(PRODUCT);
    }

    @Test
    void onlyCompilerEnvoyAndItsStreamsSpeakEnvoy() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.sallyport.compiler.envoy..",
                        "io.sallyport.push.xds..",
                        "io.sallyport.push.accesslog..",
                        "io.sallyport.boot..",
                        "io.sallyport.local..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.envoyproxy..")
                .because("Envoy is one kind of agent; the model is neutral")
                .check(PRODUCT);
    }

    @Test
    void nobodyUsesTheLauncher() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.sallyport.local..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.sallyport.local..")
                .because("its libraries are not shipped")
                .check(PRODUCT);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .that()
                .resideOutsideOfPackage(GENERATED)
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl|Dto|DTO)$")
                .orShould()
                .haveNameMatching(".*\\.Abstract[A-Z].*")
                .because("such names say nothing, and such classes become drawers")
                .check(PRODUCT);
    }
}
