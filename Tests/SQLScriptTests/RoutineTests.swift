import SQLScript
import Testing

@Suite("Routines without DELIMITER")
struct RoutineTests {
    @Test(
        "Kept whole",
        arguments: [
            "create procedure p() begin select 1; select 2; end",
            "CREATE OR REPLACE DEFINER=`root`@`localhost` PROCEDURE `a b`.p (x int, begin int) COMMENT 'begin' BEGIN END",
            "create definer = current_user() function f(a int) returns varchar(10) deterministic begin return a; end",
            "create trigger t before insert on x for each row begin set new.a = case new.b when 1 then 2 end; end",
            "create trigger if not exists t after update on x for each row follows y begin if a then b; end if; end",
            "create event e on schedule every 1 day do begin loop leave l; end loop; while 1 do x; end while; end",
            "create procedure p() l: begin case 1 when 2 then begin end; end case; l2: begin x; end l2; end l",
            "create procedure p() begin declare exit handler for sqlexception begin rollback; end; x; end",
            "create procedure p() begin -- ; end;\n/* end; */ select 'end;', `end;`; select t.end, t.begin; end",
            "create procedure p() begin for i in 1..2 do x; end for; repeat y; until z end repeat; end",
            "begin not atomic declare x int; select 1; end",
            "-- c\n/* d */ create procedure p() begin select 1; end",
        ])
    func whole(routine: String) throws {
        let found = try statements(routine + ";\nselect 2;")
        #expect(found.count == 2)
        #expect(found.last?.text == Array("select 2".utf8))
    }

    @Test(
        "Nothing that works is read otherwise",
        arguments: [
            "create procedure p() select 1; begin; select 2; commit;",
            "create function f() returns int return case 1 when 2 then 3 end; select 2;",
            "create table begin (begin int); insert into t values (1); select begin from begin;",
            "create procedure begin() select 1; select 2;",
            "create event e on schedule at now() do select 1; begin; commit;",
            "create function f returns int soname 'begin'; select 1;",
            "create view v as select 1 as begin; select 2;",
            "create trigger begin before insert on begin for each row set new.a = 1; begin; commit;",
            "begin; insert into t values (1); commit; begin work; select 1; commit;",
            "drop procedure if exists p; create user begin; select 1;",
        ])
    func unchanged(script: String) throws {
        let plain = try summary(script, options: .init(recognizesRoutineBodies: false))
        #expect(try summary(script) == plain)
        #expect(plain.count > 1)
    }

    @Test(
        "One statement to its end",
        arguments: [
            "create procedure p() begin if a then b; end if; case c when 1 then d; end case; end",
            "create procedure p() l: begin l2: begin x; end l2; end l;",
            "create procedure p() if a then b; elseif c then if d then e; end if; else f; end if",
            "create procedure p() case a when 1 then if b then c; end if; if d then e; end if; else f; end case;",
            "create procedure p() l: loop leave l; set x = case 1 when 2 then if(a, b, c) end; end loop l;",
            "create procedure p() while a do begin if b then c; end if; end; while d do e; end while; end while",
            "create procedure p() begin select 1 from s where a between start and end; end",
            "create procedure p() begin declare end date; set end = 1; fetch c into start, end; select 1 order by end; end",
            "create procedure p() select 1;", "create function f() returns int return a is null;",
            "create function f(a int) returns int begin return 1; end; -- c",
            "create function f returns int soname 'x.so';",
            "create trigger t before insert on x for each row set @a = 1;",
            "create trigger t before insert on x for each row follows y begin set @a = 1; end;",
            "create event e on schedule every 1 day do begin a; b; end",
            "alter event e on schedule every 2 day;", "alter event e do begin a; b; end;",
            "begin not atomic a; b; end", "begin;",
            // In MariaDB's mode ORACLE.
            "create procedure p as begin a; b; end;", "create procedure p(a in int) is b int; c int; begin d; end p;",
            "create function f(a int) return int as b int; begin return a; end;",
            "create trigger t before insert on x for each row declare a int; begin b; end;",
            "begin a; b; end;", "create package p as procedure a; function b return int; end;",
            "create or replace package body p as a int; procedure b as begin c; end; begin d; end p;",
            // MySQL's routines in other languages.
            "create function f() returns int language javascript as $$ let a = 1; return a; $$",
        ])
    func single(text: String) {
        #expect(!holdsSeveralStatements(Array(text.utf8)))
    }

    @Test(
        "Something follows the body",
        arguments: [
            "create trigger t before insert on x for each row begin a; end; create trigger u after insert on x for each row b;",
            "create procedure p() begin a; end; select 1", "create procedure p() l: begin a; end l; select 1",
            "create procedure p() repeat a; until b end repeat; select 1",
            "create procedure p() while a do repeat b; until c end repeat; end while; select 1",
            "create procedure p() select 1; create procedure q() begin a; end",
            "create procedure p() if a then b; end if; create procedure q() if a then b; end if;",
            "create procedure p() case a when 1 then if b then c; end if; end case; select 1",
            "create function f() returns int return case 1 when 2 then 3 end; select 1",
            "create function f returns int soname 'x.so'; select 1",
            "create event e on schedule every 1 day do begin a; end; select 1", "alter event e disable; select 1",
            "begin not atomic a; end; select 1", "begin; insert into t values (1);", "begin work; select 1",
            "create procedure p as b int; begin a; end; create procedure q as begin a; end;",
            "create function f return int as begin return 1; end; select 1",
            "create package p as procedure a; end; create table t (a int)",
        ])
    func several(text: String) {
        #expect(holdsSeveralStatements(Array(text.utf8)))
    }

    @Test("What several statements are")
    func verbsOfSeveral() {
        let text = "delete from t; begin; lock tables t write; begin not atomic unlock tables; end; 'x"
        #expect(verbs(in: Array(text.utf8)) == [.delete, .startTransaction, .lockTables, .compound])
    }

    @Test("With another delimiter in force the delimiter decides")
    func delimiter() throws {
        let found = try summary("delimiter //\ncreate procedure p() begin select 1; // select 2; //")
        #expect(found.count == 3)
    }
}
