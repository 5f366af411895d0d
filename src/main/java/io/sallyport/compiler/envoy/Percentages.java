package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.type.v3.FractionalPercent;
import io.envoyproxy.envoy.type.v3.FractionalPercent.DenominatorType;
import io.sallyport.domain.route.Percentage;

/** Percentages in Envoy's form. */
final class Percentages {
    private Percentages() {}

    static FractionalPercent of(Percentage percentage) {
        return FractionalPercent.newBuilder()
                .setNumerator(percentage.millionths())
                .setDenominator(DenominatorType.MILLION)
                .build();
    }
}
