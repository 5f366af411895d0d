package io.sallyport.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sallyport.domain.Change;
import io.sallyport.domain.Credential;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Spec;
import io.sallyport.domain.gateway.AgentPrincipal;
import io.sallyport.testkit.Samples;
import io.sallyport.testkit.TestDatabase;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoredJsonTest {
    private final StoredSpecs specs = new StoredSpecs(new Seal(TestDatabase.ENCRYPTION_KEY));

    @ParameterizedTest
    @MethodSource("specs")
    void aSpecComesBackAsItWent(Spec spec) {
        Change.Put put = (Change.Put) Samples.put(7, "shop", "shop", spec);
        Resource<?> resource = put.resource();

        assertThat(StoredResource.read(resource.key(), 7, StoredResource.write(resource, specs.write(resource)), specs))
                .isEqualTo(resource);
    }

    @Test
    void everyRecordThatIsStoredIsRegisteredForTheNativeImage() {
        Set<Class<?>> registered = Set.of(
                StoredJson.class.getAnnotation(RegisterForReflection.class).targets());

        Stream.of(Spec.class.getPermittedSubclasses())
                .map(spec -> spec == Credential.class ? StoredSpecs.StoredCredential.class : spec)
                .forEach(spec -> assertRegistered(spec, registered));
    }

    private static void assertRegistered(Class<?> type, Set<Class<?>> registered) {
        if (type.isSealed()) {
            Stream.of(type.getPermittedSubclasses()).forEach(each -> assertRegistered(each, registered));
        }
        if (!type.isRecord() || isText(type)) {
            return;
        }
        assertThat(registered).contains(type);
        for (RecordComponent component : type.getRecordComponents()) {
            classesIn(component.getGenericType()).forEach(each -> assertRegistered(each, registered));
        }
    }

    private static Stream<Class<?>> classesIn(Type type) {
        return switch (type) {
            case ParameterizedType list ->
                Stream.of(list.getActualTypeArguments()).flatMap(StoredJsonTest::classesIn);
            case Class<?> single -> Stream.of(single);
            default -> Stream.of();
        };
    }

    // Records with one part are stored as the text that they print, without reflection.
    private static boolean isText(Class<?> type) {
        return type.getPackageName().endsWith(".network")
                || AgentPrincipal.class.isAssignableFrom(type)
                || Set.of(Name.class, ResourceName.class).contains(type);
    }

    static Stream<Spec> specs() {
        return Samples.specs().stream();
    }
}
