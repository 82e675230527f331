package ghostrow.profile.page;

import ghostrow.data.Json;
import ghostrow.spmd.Needs;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A Chromium without a window, driven over its DevTools protocol: loads pages, clicks, types, and evaluates. */
public final class Browser implements AutoCloseable {
    private static final long PATIENCE_S = 60;
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome",
            "google-chrome-stable");

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicLong last = new AtomicLong();
    private final Map<Long, CompletableFuture<Map<String, Object>>> open = new ConcurrentHashMap<>();
    private final Queue<Map<String, Object>> events = new ConcurrentLinkedQueue<>();
    private int width;
    private String scheme = "";

    /** Skips the test where there is no such browser. */
    public Browser(Path folder) throws Exception {
        Path program = Stream.of(System.getenv("PATH").split(":")).flatMap(f -> NAMES.stream().map(n -> Path.of(f, n)))
                .filter(Files::isExecutable).findFirst().orElse(null);
        Needs.software(program != null, "no chromium to draw the page of a profile: './src/setup/setup test' gets it");
        // A sandbox needs rights that containers do not give; the page is the test's own.
        process = new ProcessBuilder(program.toString(), "--headless", "--no-sandbox", "--disable-gpu",
                "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run", "--hide-scrollbars",
                "--remote-debugging-port=0", "--user-data-dir=" + folder.resolve("browser"), "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        socket = connected();
        for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
            send(domain + ".enable", Map.of());
        }
    }

    private WebSocket connected() throws Exception {
        try {
            return client.newWebSocketBuilder().buildAsync(page(port()), new Listener())
                    .get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Chromium says on its standard error where it listens; what it says later is read away. */
    private String port() {
        CompletableFuture<String> port = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (BufferedReader lines = process.errorReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("DevTools listening on ")) {
                        port.complete(line.replaceFirst(".*:(\\d+)/.*", "$1"));
                    }
                }
                port.completeExceptionally(new IOException("chromium ended"));
            } catch (IOException e) {
                port.completeExceptionally(e);
            }
        });
        return port.orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
    }

    private URI page(String port) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build();
        String list = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return ((List<?>) Json.read(list)).stream().map(Browser::map)
                .filter(target -> "page".equals(target.get("type")))
                .map(target -> URI.create((String) target.get("webSocketDebuggerUrl"))).findFirst().orElseThrow();
    }

    /** Messages come in parts, one at a time. */
    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean ends) {
            text.append(part);
            if (ends) {
                Map<String, Object> message = map(Json.read(text.toString()));
                text.setLength(0);
                long id = message.get("id") instanceof Long answers ? answers : 0;
                CompletableFuture<Map<String, Object>> asked = open.remove(id);
                if (asked != null) {
                    asked.complete(message);
                } else {
                    events.add(message);
                }
            }
            from.request(1);
            return null;
        }
    }

    Map<String, Object> send(String method, Map<String, Object> parameters) {
        long id = last.incrementAndGet();
        CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        open.put(id, answer);
        socket.sendText(Json.write(Map.of("id", id, "method", method, "params", parameters)), true).join();
        Map<String, Object> message = answer.orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
        if (message.containsKey("error")) {
            throw new IllegalStateException(method + ": " + message.get("error"));
        }
        return map(message.get("result"));
    }

    /** What a JavaScript expression gives; a promise is waited for. */
    public Object evaluate(String expression) {
        Map<String, Object> answer = send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true,
                "awaitPromise", true));
        if (answer.containsKey("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
        }
        return map(answer.get("result")).get("value");
    }

    public void load(Path page) {
        events.clear();
        send("Page.navigate", Map.of("url", page.toUri().toString()));
        await("the page to load", () -> "complete".equals(evaluate("document.readyState")));
        settle();
    }

    /** Until all that is due has been drawn. */
    void settle() {
        evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
    }

    void width(int pixels) {
        if (pixels == width) {
            return;
        }
        width = pixels;
        send("Emulation.setDeviceMetricsOverride", Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1,
                "mobile", false));
        settle();
    }

    void scheme(String lightOrDark) {
        if (lightOrDark.equals(scheme)) {
            return;
        }
        scheme = lightOrDark;
        send("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme",
                "value", lightOrDark))));
        settle();
    }

    /** Clicks into a canvas, which is scrolled to first, at a place given in parts of its width and in pixels. */
    void click(String selector, double across, double down) {
        String box = (String) evaluate("(() => { const c = document.querySelector('" + selector + "');"
                + "c.scrollIntoView({block: 'center'}); const r = c.getBoundingClientRect();"
                + "return [r.left, r.top, r.width].join(' '); })()");
        double[] at = Arrays.stream(box.split(" ")).mapToDouble(Double::parseDouble).toArray();
        for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
            send("Input.dispatchMouseEvent", Map.of("type", type, "x", at[0] + across * at[2], "y", at[1] + down,
                    "button", type.equals("mouseMoved") ? "none" : "left", "clickCount", 1));
        }
        settle();
    }

    void key(String key) {
        Map<String, Object> parameters = key.length() == 1 ? Map.of("type", "keyDown", "key", key, "text", key)
                : Map.of("type", "keyDown", "key", key);
        send("Input.dispatchKeyEvent", parameters);
        send("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
        settle();
    }

    /** What the page asked the network for, itself included. */
    public List<String> requests() {
        return ofKind("Network.requestWillBeSent").map(event -> (String) map(event.get("request")).get("url")).toList();
    }

    /** What is on the console, and exceptions that nobody caught; not what Chromium only advises. */
    public List<String> complaints() {
        return Stream.of("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded").flatMap(this::ofKind)
                .map(Json::write).filter(event -> !event.contains("\"level\":\"warning\"")).toList();
    }

    private Stream<Map<String, Object>> ofKind(String method) {
        return events.stream().filter(event -> method.equals(event.get("method")))
                .map(event -> map(event.get("params")));
    }

    private static void await(String what, Supplier<Boolean> there) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!there.get()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited " + PATIENCE_S + " s for " + what);
            }
            Thread.onSpinWait();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        try {
            send("Browser.close", Map.of());
            process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            socket.abort();
            client.shutdownNow();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
