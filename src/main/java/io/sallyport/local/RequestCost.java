package io.sallyport.local;

import java.util.ArrayList;
import java.util.List;

/**
 * CPU of a proxy for one request, from many short slices of requests. Whatever else runs on a machine only ever adds to it,
 * through caches and wake-ups: so the quietest quarter says most of the proxy, and the median of how busy the machine was.
 */
record RequestCost(List<Double> slices) {
    RequestCost {
        slices = slices.stream().sorted().toList();
    }

    /** The mean of the quietest quarter, in microseconds. */
    double quiet() {
        return slices.stream()
                .limit(Math.max(1, slices.size() / 4))
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    double median() {
        return slices.get(slices.size() / 2);
    }

    /** Of proxies that take turns, so that all of them have the same company; in the order of the meters. */
    static List<RequestCost> of(List<PolicyMeter> meters, int requests) {
        int slices = Math.max(1, requests / PolicyMeter.SLICE);
        meters.forEach(PolicyMeter::warmUp);
        List<List<Double>> measured =
                meters.stream().<List<Double>>map(meter -> new ArrayList<>()).toList();
        for (int slice = 0; slice < slices; slice++) {
            for (int turn = 0; turn < meters.size(); turn++) {
                int index = slice % 2 == 0 ? turn : meters.size() - 1 - turn;
                measured.get(index).add(meters.get(index).microsPerRequest());
            }
        }
        return measured.stream().map(RequestCost::new).toList();
    }
}
