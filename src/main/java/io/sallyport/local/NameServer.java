package io.sallyport.local;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Answers for names, A and AAAA, over UDP on 127.0.0.1. What it was not told of does not exist. A name may be given
 * several answers: each query for its A takes the next one, and the last one stays.
 */
public final class NameServer implements AutoCloseable {
    private static final int TTL_SECONDS = 1;

    private final Map<String, Deque<List<InetAddress>>> answers = new ConcurrentHashMap<>();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final NioEventLoopGroup loop = new NioEventLoopGroup(1);
    private final Channel channel;

    private NameServer() {
        channel = new Bootstrap()
                .group(loop)
                .channel(NioDatagramChannel.class)
                .handler(new ChannelInitializer<DatagramChannel>() {
                    @Override
                    protected void initChannel(DatagramChannel datagrams) {
                        datagrams
                                .pipeline()
                                .addLast(
                                        new DatagramDnsQueryDecoder(),
                                        new DatagramDnsResponseEncoder(),
                                        new Answering());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    public static NameServer start() {
        return new NameServer();
    }

    /** From now on the name has these addresses, of IPv4 and IPv6. */
    public NameServer answer(String name, String... addresses) {
        answers.put(name, new ArrayDeque<>(List.of(parsed(addresses))));
        return this;
    }

    /** The answer that follows those given so far, once each of them was given to somebody. */
    public NameServer thenAnswer(String name, String... addresses) {
        answers.compute(name, (same, before) -> {
            Deque<List<InetAddress>> all = before == null ? new ArrayDeque<>() : new ArrayDeque<>(before);
            all.add(parsed(addresses));
            return all;
        });
        return this;
    }

    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** How often the IPv4 addresses of a name were asked for. */
    public long queries(String name) {
        return asked.stream().filter(name::equals).count();
    }

    private static List<InetAddress> parsed(String... addresses) {
        return Arrays.stream(addresses).map(InetAddress::ofLiteral).toList();
    }

    private Deque<List<InetAddress>> left(String name) {
        return answers.getOrDefault(name, new ArrayDeque<>(List.of(List.of())));
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Only the one thread of the loop takes from what is left to answer. */
    private final class Answering extends SimpleChannelInboundHandler<DatagramDnsQuery> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramDnsQuery query) {
            DnsQuestion question = query.recordAt(DnsSection.QUESTION);
            String name =
                    question.name().substring(0, question.name().length() - 1).toLowerCase(Locale.ROOT);
            var response = new DatagramDnsResponse(
                    /* sender= */ query.recipient(), /* recipient= */ query.sender(), query.id());
            response.setCode(answers.containsKey(name) ? DnsResponseCode.NOERROR : DnsResponseCode.NXDOMAIN);
            response.setRecursionAvailable(true).addRecord(DnsSection.QUESTION, question);
            addresses(name, question.type())
                    .forEach(address -> response.addRecord(DnsSection.ANSWER, record(question, address)));
            var _ = context.writeAndFlush(response);
        }

        private List<InetAddress> addresses(String name, DnsRecordType type) {
            boolean isVersion4 = type.equals(DnsRecordType.A);
            if (isVersion4) {
                asked.add(name);
            }
            Deque<List<InetAddress>> left = left(name);
            List<InetAddress> now = isVersion4 && left.size() > 1 ? left.removeFirst() : left.getFirst();
            return now.stream()
                    .filter(address -> address instanceof Inet4Address == isVersion4)
                    .toList();
        }

        private static DnsRecord record(DnsQuestion question, InetAddress address) {
            return new DefaultDnsRawRecord(
                    question.name(), question.type(), TTL_SECONDS, Unpooled.wrappedBuffer(address.getAddress()));
        }
    }
}
