import feign.Feign.Builder;
import feign.Headers;
import feign.Logger;
import feign.RequestLine;

/** Writes what Feign logs of requests to the port that is named. */
public class Feign {
    interface Api {
        @RequestLine("POST /a?x=1")
        @Headers("Content-Type: application/x-www-form-urlencoded")
        void form(String body);

        @RequestLine("PUT /b")
        @Headers({"Content-Type: application/json; charset=utf-8", "X-Quoted: a\"b'c\\d"})
        void json(String body);

        @RequestLine("GET /d")
        void get();
    }

    public static void main(String[] arguments) {
        Logger logger = new Logger() {
            @Override
            protected void log(String key, String format, Object... values) {
                System.out.println("10:15:30 DEBUG " + methodTag(key) + String.format(format, values));
            }
        };
        Api api = new Builder().logger(logger).logLevel(Logger.Level.FULL)
                .target(Api.class, "http://127.0.0.1:" + arguments[0]);
        api.form("a=1&b='\"\\");
        api.json("{\n  \"\u00e9\": \"\\n\"\n}");
        api.get();
    }
}
