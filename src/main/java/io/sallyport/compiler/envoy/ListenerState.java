package io.sallyport.compiler.envoy;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.extensions.filters.common.set_filter_state.v3.FilterStateValue;
import io.envoyproxy.envoy.extensions.filters.network.set_filter_state.v3.Config;

/**
 * {@code envoy.extensions.filters.listener.set_filter_state.v3.Config}, which Envoy has since 1.38 and our generated
 * classes do not yet: what is written down before a filter chain is chosen.
 */
final class ListenerState {
    private static final Descriptor TYPE = type();

    private ListenerState() {}

    static Message empty() {
        return DynamicMessage.getDefaultInstance(TYPE);
    }

    static Message of(Config written) {
        var message = DynamicMessage.newBuilder(TYPE);
        var values = TYPE.findFieldByNumber(1);
        written.getOnNewConnectionList().forEach(value -> message.addRepeatedField(values, value));
        return message.build();
    }

    private static Descriptor type() {
        FileDescriptor value = FilterStateValue.getDescriptor().getFile();
        var field = FieldDescriptorProto.newBuilder()
                .setName("on_accept")
                .setNumber(1)
                .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED)
                .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                .setTypeName("." + FilterStateValue.getDescriptor().getFullName());
        var file = FileDescriptorProto.newBuilder()
                .setName("envoy/extensions/filters/listener/set_filter_state/v3/set_filter_state.proto")
                .setSyntax("proto3")
                .setPackage("envoy.extensions.filters.listener.set_filter_state.v3")
                .addDependency(value.getName())
                .addMessageType(DescriptorProto.newBuilder().setName("Config").addField(field));
        try {
            return FileDescriptor.buildFrom(file.build(), new FileDescriptor[] {value})
                    .findMessageTypeByName("Config");
        } catch (DescriptorValidationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
