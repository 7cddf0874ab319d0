(* Runs every snippet of a list in this one toplevel. *)
let write name text =
  let channel = open_out_bin name in
  output_string channel text;
  close_out channel

let run line =
  match String.split_on_char '\t' line with
  | folder :: file :: _ ->
    Sys.chdir folder;
    let problems = Buffer.create 100 in
    let formatter = Format.formatter_of_buffer problems in
    let succeeds =
      try
        let phrases = !Toploop.parse_use_file (Lexing.from_channel (open_in_bin file)) in
        List.for_all (Toploop.execute_phrase false formatter) phrases
      with failure -> Buffer.add_string problems (Printexc.to_string failure); false in
    Format.pp_print_flush formatter ();
    write "stderr" (Buffer.contents problems);
    write "exit" (if succeeds then "0" else "1")
  | _ -> ()

let () =
  let list = open_in_bin Sys.argv.(1) in
  try
    while true do run (input_line list) done
  with End_of_file -> ()
