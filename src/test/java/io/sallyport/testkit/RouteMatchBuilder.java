package io.sallyport.testkit;

import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.route.FieldMatch;
import io.sallyport.domain.route.GrpcMatch;
import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.RouteMatch;
import io.sallyport.domain.route.ValueMatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds what a request must be for a rule of a route. */
public final class RouteMatchBuilder {
    private List<PathMatch> path = List.of();
    private final List<FieldMatch> headers = new ArrayList<>();
    private final List<FieldMatch> queryParams = new ArrayList<>();
    private List<String> method = List.of();
    private List<GrpcMatch> grpc = List.of();
    private List<HostPattern> sni = List.of();
    private List<PortNumber> port = List.of();

    private RouteMatchBuilder() {}

    public static RouteMatchBuilder anything() {
        return new RouteMatchBuilder();
    }

    public static RouteMatchBuilder path(String exact) {
        return anything().at(new PathMatch.Exact(exact));
    }

    public static RouteMatchBuilder prefix(String prefix) {
        return anything().at(new PathMatch.Prefix(prefix));
    }

    public static RouteMatchBuilder regex(String regex) {
        return anything().at(new PathMatch.Regex(regex));
    }

    public static RouteMatchBuilder call(String service, String method) {
        RouteMatchBuilder match = anything();
        match.grpc = List.of(new GrpcMatch(List.of(service), List.of(method)));
        return match;
    }

    public RouteMatchBuilder at(PathMatch newPath) {
        path = List.of(newPath);
        return this;
    }

    public RouteMatchBuilder header(String name, String exact) {
        return header(name, new ValueMatch.Exact(exact), false);
    }

    public RouteMatchBuilder header(String name, ValueMatch value, boolean isInverted) {
        headers.add(new FieldMatch(name, value, isInverted));
        return this;
    }

    public RouteMatchBuilder query(String name, String exact) {
        return query(name, new ValueMatch.Exact(exact), false);
    }

    public RouteMatchBuilder query(String name, ValueMatch value, boolean isInverted) {
        queryParams.add(new FieldMatch(name, value, isInverted));
        return this;
    }

    public RouteMatchBuilder method(String newMethod) {
        method = List.of(newMethod);
        return this;
    }

    public RouteMatchBuilder sni(String... names) {
        sni = Arrays.stream(names).map(HostPattern::parse).toList();
        return this;
    }

    public RouteMatchBuilder port(int number) {
        port = List.of(new PortNumber(number));
        return this;
    }

    public RouteMatch build() {
        return new RouteMatch(path, headers, queryParams, method, grpc, sni, port);
    }
}
