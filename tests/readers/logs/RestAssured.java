import static io.restassured.RestAssured.given;

/** Writes what REST Assured logs of requests to the port that is named; it shows JSON in another layout. */
public class RestAssured {
    public static void main(String[] arguments) {
        String host = "http://127.0.0.1:" + arguments[0];
        given().log().all().formParam("a", "1 2").formParam("b", "'\"\\&=").post(host + "/a?x=1");
        given().log().all().contentType("text/plain").header("X-Quoted", "a\"b'c\\d=e").body("one\n\ttwo").put(host + "/b");
        given().log().all().queryParam("q", "a b").cookie("c", "1").cookie("d", "2").get(host + "/d");
        given().log().all().delete(host + "/e");
        given().log().all().param("a", "1 2").formParam("b", "3").param("c", "4").post(host + "/f");
        given().log().all().param("a", "1 2").put(host + "/g");
    }
}
