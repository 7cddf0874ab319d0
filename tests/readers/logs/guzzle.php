<?php

// Writes what Guzzle's log middleware logs of requests to the port that is named.

require 'GuzzleHttp/autoload.php';
require 'Monolog/autoload.php';

use GuzzleHttp\Client;
use GuzzleHttp\HandlerStack;
use GuzzleHttp\MessageFormatter;
use GuzzleHttp\Middleware;
use Monolog\Formatter\LineFormatter;
use Monolog\Handler\StreamHandler;
use Monolog\Logger;

// Unless it is told so, Monolog writes spaces for line ends.
$handler = new StreamHandler('php://stdout');
$handler->setFormatter(new LineFormatter(null, null, true, true));
$logger = new Logger('app', [$handler]);
$stack = HandlerStack::create();
$stack->push(Middleware::log($logger, new MessageFormatter(MessageFormatter::DEBUG)));
$client = new Client(['handler' => $stack, 'base_uri' => "http://127.0.0.1:{$argv[1]}"]);

$client->post("/a?x='1'", [
    'headers' => ['X-Quoted' => "a\"b'c\\d"],
    'form_params' => ['a' => "1&\"'", 'b' => 'é'],
]);
$client->put('/b', ['json' => ['é' => "\n\"", 'list' => [1, true, null]]]);
$client->post('/c', [
    'headers' => ['Content-Type' => 'text/plain'],
    'body' => "line\n\n  <<<<<<<< not the end\r\nlast\n",
]);
$client->post('/d', ['multipart' => [
    ['name' => 'a', 'contents' => '1'],
    ['name' => 'f', 'contents' => "one\ntwo\n", 'filename' => 'a.txt'],
]]);
$client->get('/e');
