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

    @Test("With another delimiter in force the delimiter decides")
    func delimiter() throws {
        let found = try summary("delimiter //\ncreate procedure p() begin select 1; // select 2; //")
        #expect(found.count == 3)
    }
}
