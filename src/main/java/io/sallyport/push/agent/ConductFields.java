package io.sallyport.push.agent;

import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.gateway.ControlPlaneLoss;
import io.sallyport.domain.gateway.Limits;
import io.sallyport.domain.gateway.UpstreamProxy;
import io.sallyport.push.agent.v1.AgentProtocol;

/** How a gateway conducts itself beyond its rules. */
final class ConductFields {
    private ConductFields() {}

    static void write(Conduct conduct, AgentProtocol.Gateway.Builder body) {
        body.setOnRevoke(onRevoke(conduct.onRevoke()))
                .setRefusalDetail(refusalDetail(conduct.refusalDetail()))
                .setAccessLog(accessLog(conduct.accessLog()))
                .setLimits(limits(conduct.limits()));
        if (conduct.onControlPlaneLoss() instanceof ControlPlaneLoss.Lapse lapse) {
            body.setLapseAfter(Times.of(lapse.after()));
        }
        conduct.upstreamProxy().forEach(proxy -> body.setUpstreamProxy(upstreamProxy(proxy)));
    }

    private static AgentProtocol.Gateway.OnRevoke onRevoke(Conduct.OnRevoke onRevoke) {
        return switch (onRevoke) {
            case NEW_FLOWS -> AgentProtocol.Gateway.OnRevoke.ON_REVOKE_NEW_FLOWS;
            case CUT -> AgentProtocol.Gateway.OnRevoke.ON_REVOKE_CUT;
        };
    }

    private static AgentProtocol.Gateway.RefusalDetail refusalDetail(Conduct.RefusalDetail detail) {
        return switch (detail) {
            case NAME -> AgentProtocol.Gateway.RefusalDetail.REFUSAL_DETAIL_NAME;
            case CODE -> AgentProtocol.Gateway.RefusalDetail.REFUSAL_DETAIL_CODE;
        };
    }

    private static AgentProtocol.Gateway.AccessLog accessLog(Conduct.AccessLog log) {
        return switch (log) {
            case ALL -> AgentProtocol.Gateway.AccessLog.ACCESS_LOG_ALL;
            case REFUSED -> AgentProtocol.Gateway.AccessLog.ACCESS_LOG_REFUSED;
        };
    }

    private static AgentProtocol.Limits limits(Limits limits) {
        AgentProtocol.Limits.Builder body =
                AgentProtocol.Limits.newBuilder().setIdleTimeout(Times.of(limits.idleTimeout()));
        limits.maxFlowDuration().forEach(longest -> body.setMaxFlowDuration(Times.of(longest)));
        limits.maxConnections().forEach(body::setMaxConnections);
        return body.build();
    }

    private static AgentProtocol.UpstreamProxy upstreamProxy(UpstreamProxy proxy) {
        AgentProtocol.UpstreamProxy.Builder body = AgentProtocol.UpstreamProxy.newBuilder()
                .setAddress(proxy.address())
                .setPort(proxy.port().value());
        proxy.credential().forEach(name -> body.setCredential(name.toString()));
        return body.build();
    }
}
