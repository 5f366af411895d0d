package io.sallyport.compiler.envoy;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.UInt64Value;
import com.google.protobuf.Value;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Messages as maps, lists and values in the form of Envoy's JSON, fields newer than our classes included. */
final class MessageTree {
    private static final String TYPE = "@type";

    private MessageTree() {}

    /** Of a message without a form of its own. */
    static Map<String, Object> of(Message message) {
        Map<String, Object> tree = new LinkedHashMap<>();
        message.getAllFields().forEach((field, value) -> tree.put(field.getName(), field(field, value)));
        NewerFields.of(message).forEach(field -> tree.put(field.field(), field.treeIn(message)));
        return tree;
    }

    static Map<String, Object> ofAny(Any any) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (any.getTypeUrl().isEmpty()) {
            return tree;
        }
        tree.put(TYPE, any.getTypeUrl());
        Message message = MessageTypes.unpack(any);
        if (hasFormOfItsOwn(message)) {
            tree.put("value", message(message));
        } else {
            tree.putAll(of(message));
        }
        return tree;
    }

    private static Object field(FieldDescriptor field, Object value) {
        if (field.isMapField()) {
            return map((List<?>) value);
        }
        return field.isRepeated()
                ? ((List<?>) value).stream().map(MessageTree::single).toList()
                : single(value);
    }

    private static Map<String, Object> map(List<?> entries) {
        Map<String, Object> tree = new TreeMap<>();
        for (Object entry : entries) {
            var keyAndValue = (MapEntry<?, ?>) entry;
            tree.put(String.valueOf(keyAndValue.getKey()), single(keyAndValue.getValue()));
        }
        return tree;
    }

    private static Object single(Object value) {
        return switch (value) {
            case Message message -> message(message);
            case EnumValueDescriptor constant -> constant.getName();
            case ByteString bytes -> Base64.getEncoder().encodeToString(bytes.toByteArray());
            case Long number -> number.toString();
            default -> value;
        };
    }

    private static Object message(Message message) {
        return switch (message) {
            case Any any -> ofAny(any);
            case Duration duration -> seconds(duration) + "s";
            case UInt32Value wrapper -> wrapper.getValue();
            case StringValue wrapper -> wrapper.getValue();
            case UInt64Value wrapper -> wrapper.getValue();
            case BoolValue wrapper -> wrapper.getValue();
            case Struct struct -> struct(struct);
            case Value value -> value.hasStringValue() ? value.getStringValue() : (Object) value.getNumberValue();
            default -> of(message);
        };
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds())
                .add(BigDecimal.valueOf(duration.getNanos(), 9))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static Map<String, Object> struct(Struct struct) {
        Map<String, Object> tree = new TreeMap<>();
        struct.getFieldsMap().forEach((name, value) -> tree.put(name, message(value)));
        return tree;
    }

    private static boolean hasFormOfItsOwn(Message message) {
        return message.getDescriptorForType().getFile().getPackage().equals("google.protobuf");
    }
}
