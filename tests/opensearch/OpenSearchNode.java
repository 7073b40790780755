import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.ja.JapaneseAnalyzer;
import org.apache.lucene.analysis.ja.JapaneseBaseFormFilter;
import org.apache.lucene.analysis.ja.JapaneseKatakanaStemFilter;
import org.apache.lucene.analysis.ja.JapanesePartOfSpeechStopFilter;
import org.apache.lucene.analysis.ja.JapaneseTokenizer;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.index.analysis.AbstractTokenFilterFactory;
import org.opensearch.index.analysis.AbstractTokenizerFactory;
import org.opensearch.index.analysis.TokenFilterFactory;
import org.opensearch.index.analysis.TokenizerFactory;
import org.opensearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.AnalysisPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * One node of OpenSearch in this JVM, on the loopback address: java -cp CLASSPATH OpenSearchNode.java FOLDER
 *
 * Prints its address when it answers, and ends when standard input does: with the process that started it.
 */
public class OpenSearchNode extends Node {
    OpenSearchNode(Settings settings) {
        super(
            InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "test"),
            List.of(CommonAnalysisPlugin.class, Netty4Plugin.class, Kuromoji.class),
            false);
    }

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Node node = new OpenSearchNode(
            Settings.builder()
                .put("path.home", home)
                .put("path.data", home.resolve("data"))
                .put("path.logs", home.resolve("logs"))
                .put("cluster.name", "mltalks")
                .put("node.name", "test")
                .put("discovery.type", "single-node")
                .put("network.host", "127.0.0.1")
                .put("http.port", "0")
                .put("transport.port", "0")
                .put("transport.type", "netty4")
                .put("http.type", "netty4")
                // A full disk of the machine is not what is tested.
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .build());
        node.start();
        System.out.println(
            "listening on " + node.injector().getInstance(HttpServerTransport.class).boundAddress().publishAddress());
        while (System.in.read() >= 0) { }
        Runtime.getRuntime().halt(0);
    }

    /** What the plugin analysis-kuromoji registers, as far as mltalks uses it, under the same names. */
    public static class Kuromoji extends Plugin implements AnalysisPlugin {
        @Override
        public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
            return Map.of("kuromoji_tokenizer", (index, environment, name, settings) ->
                new AbstractTokenizerFactory(index, settings, name) {
                    @Override
                    public Tokenizer create() {
                        var mode = JapaneseTokenizer.Mode.valueOf(settings.get("mode", "search").toUpperCase());
                        boolean discard = settings.getAsBoolean("discard_compound_token", false);
                        return new JapaneseTokenizer(null, true, discard, mode);
                    }
                });
        }

        @Override
        public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
            return Map.of(
                "kuromoji_baseform", filter(JapaneseBaseFormFilter::new),
                "kuromoji_part_of_speech",
                filter(words -> new JapanesePartOfSpeechStopFilter(words, JapaneseAnalyzer.getDefaultStopTags())),
                "ja_stop", filter(words -> new StopFilter(words, JapaneseAnalyzer.getDefaultStopSet())),
                "kuromoji_stemmer", filter(JapaneseKatakanaStemFilter::new));
        }

        static AnalysisProvider<TokenFilterFactory> filter(UnaryOperator<TokenStream> made) {
            return (index, environment, name, settings) -> new AbstractTokenFilterFactory(index, name, settings) {
                @Override
                public TokenStream create(TokenStream words) {
                    return made.apply(words);
                }
            };
        }
    }
}
