import java.util.concurrent.CountDownLatch;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One OpenSearch node in this process, so that a test can kill it; arguments are settings as name=value. */
public final class Node {
    public static void main(String[] args) throws Exception {
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((number, settings) -> {
            for (int i = 1; i < args.length; i++) {
                int cut = args[i].indexOf('=');
                String name = args[i].substring(0, cut), value = args[i].substring(cut + 1);
                if (name.endsWith("[]")) {
                    settings.putList(name.substring(0, name.length() - 2), value.isEmpty() ? new String[0] : value.split(","));
                } else {
                    settings.put(name, value);
                }
            }
        }).build(OpenSearchRunner.newConfigs().basePath(args[0]).numOfNode(1));
        new CountDownLatch(1).await();
    }
}
