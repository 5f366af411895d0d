package io.sallyport.compiler.envoy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.UnknownFieldSet;
import io.envoyproxy.envoy.config.common.mutation_rules.v3.HeaderMutation;
import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.envoyproxy.envoy.config.route.v3.RouteAction.RequestMirrorPolicy;
import io.envoyproxy.envoy.extensions.common.dynamic_forward_proxy.v3.DnsCacheConfig;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.http.injected_credentials.generic.v3.Generic;
import io.envoyproxy.envoy.type.matcher.v3.AddressMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.type.tracing.v3.CustomTag;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fields that Envoy has and our generated classes do not yet: carried as unknown fields, which Envoy reads as its own.
 * All are there in Envoy 1.40.
 */
enum NewerFields {
    /** {@code StringMatcher key_matcher = 1} in {@code RemoveOnMatch}: which headers go. */
    REMOVE_ON_MATCH(HeaderMutation.getDescriptor().getFullName(), "remove_on_match", 3),
    /** {@code AddressMatcher}: addresses that are taken out of what the resolver says. */
    RESOLVED_ADDRESS_FILTER(DnsCacheConfig.getDescriptor().getFullName(), "resolved_address_filter", 16),
    /** {@code UpstreamConnectMode}: when to connect. */
    UPSTREAM_CONNECT_MODE(TcpProxy.getDescriptor().getFullName(), "upstream_connect_mode", 21),
    /** {@code UInt32Value}: how much is read before that. */
    MAX_EARLY_DATA_BYTES(TcpProxy.getDescriptor().getFullName(), "max_early_data_bytes", 22),
    /** {@code string}: what stands before a credential. */
    HEADER_VALUE_PREFIX(Generic.getDescriptor().getFullName(), "header_value_prefix", 3),
    /** {@code CelExpressionConfig}: which functions a condition may use. */
    CEL_CONFIG(Policy.getDescriptor().getFullName(), "cel_config", 5),
    /** {@code string}: by which host a copy of a request is sent. */
    MIRROR_HOST(RequestMirrorPolicy.getDescriptor().getFullName(), "host_rewrite_literal", 8),
    /** {@code string}: a tag of a report that is written by a format. */
    TAG_VALUE(CustomTag.getDescriptor().getFullName(), "value", 6);

    private static final int ON_DOWNSTREAM_DATA = 1;
    private static final int STRING_CONVERSION = 1;
    private static final int STRING_FUNCTIONS = 3;

    private final String message;
    private final String field;
    private final int number;

    NewerFields(String message, String field, int number) {
        this.message = message;
        this.field = field;
        this.number = number;
    }

    static HeaderMutation removeByPrefix(String prefix) {
        StringMatcher keys = StringMatcher.newBuilder().setPrefix(prefix).build();
        UnknownFieldSet removal = UnknownFieldSet.newBuilder()
                .addField(
                        1,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(keys.toByteString())
                                .build())
                .build();
        return REMOVE_ON_MATCH
                .onto(HeaderMutation.newBuilder(), removal.toByteString())
                .build();
    }

    static DnsCacheConfig.Builder filteringAddresses(DnsCacheConfig.Builder cache, AddressMatcher refused) {
        return RESOLVED_ADDRESS_FILTER.onto(cache, refused.toByteString());
    }

    /** Connects upstream only with the first data, so never before the rules have decided. */
    static TcpProxy.Builder connectingOnData(TcpProxy.Builder proxy, int mostEarlyBytes) {
        UnknownFieldSet.Field mode =
                UnknownFieldSet.Field.newBuilder().addVarint(ON_DOWNSTREAM_DATA).build();
        UnknownFieldSet fields = proxy.getUnknownFields().toBuilder()
                .addField(UPSTREAM_CONNECT_MODE.number, mode)
                .build();
        ByteString bytes = UInt32Value.of(mostEarlyBytes).toByteString();
        return MAX_EARLY_DATA_BYTES.onto(proxy.setUnknownFields(fields), bytes);
    }

    static Generic.Builder prefixed(Generic.Builder credential, String prefix) {
        return HEADER_VALUE_PREFIX.onto(credential, ByteString.copyFromUtf8(prefix));
    }

    /** A condition that may turn values into text, and text into lower case. */
    static Policy.Builder withTextFunctions(Policy.Builder policy) {
        UnknownFieldSet.Field yes =
                UnknownFieldSet.Field.newBuilder().addVarint(1).build();
        UnknownFieldSet functions = UnknownFieldSet.newBuilder()
                .addField(STRING_CONVERSION, yes)
                .addField(STRING_FUNCTIONS, yes)
                .build();
        return CEL_CONFIG.onto(policy, functions.toByteString());
    }

    /** Sends copies of requests under another host. */
    static RequestMirrorPolicy.Builder mirroringAs(RequestMirrorPolicy.Builder policy, String host) {
        return MIRROR_HOST.onto(policy, ByteString.copyFromUtf8(host));
    }

    /** A tag that says what a format says. */
    static CustomTag.Builder formatted(CustomTag.Builder tag, String format) {
        return TAG_VALUE.onto(tag, ByteString.copyFromUtf8(format));
    }

    /** The fields of a message that its class does not know, for those who want to show them. */
    static List<NewerFields> of(Message message) {
        String name = message.getDescriptorForType().getFullName();
        return List.of(values()).stream()
                .filter(field ->
                        field.message.equals(name) && message.getUnknownFields().hasField(field.number))
                .toList();
    }

    String field() {
        return field;
    }

    /** Its value as {@link MessageTree} has values. */
    Object treeIn(Message message) {
        UnknownFieldSet.Field value = message.getUnknownFields().getField(number);
        return switch (this) {
            case REMOVE_ON_MATCH -> removal(value);
            case RESOLVED_ADDRESS_FILTER -> MessageTree.of(parsed(value, AddressMatcher::parseFrom));
            case UPSTREAM_CONNECT_MODE -> "ON_DOWNSTREAM_DATA";
            case MAX_EARLY_DATA_BYTES -> parsed(value, UInt32Value::parseFrom).getValue();
            case MIRROR_HOST, TAG_VALUE, HEADER_VALUE_PREFIX ->
                value.getLengthDelimitedList().getLast().toStringUtf8();
            case CEL_CONFIG -> new TreeMap<>(Map.of("enable_string_conversion", true, "enable_string_functions", true));
        };
    }

    private static Object removal(UnknownFieldSet.Field field) {
        UnknownFieldSet removal = parsed(field, UnknownFieldSet::parseFrom);
        StringMatcher keys = parsed(removal.getField(1), StringMatcher::parseFrom);
        return Map.of("key_matcher", MessageTree.of(keys));
    }

    private static <M> M parsed(UnknownFieldSet.Field field, Parsing<M> parser) {
        try {
            return parser.parse(field.getLengthDelimitedList().getLast());
        } catch (InvalidProtocolBufferException notOurs) {
            throw new IllegalArgumentException(notOurs);
        }
    }

    private interface Parsing<M> {
        M parse(ByteString bytes) throws InvalidProtocolBufferException;
    }

    private <B extends Message.Builder> B onto(B builder, ByteString value) {
        UnknownFieldSet.Field single =
                UnknownFieldSet.Field.newBuilder().addLengthDelimited(value).build();
        builder.setUnknownFields(
                builder.getUnknownFields().toBuilder().addField(number, single).build());
        return builder;
    }
}
