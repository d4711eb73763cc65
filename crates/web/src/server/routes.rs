//! The one table of all routes: method, path, what it demands, who answers. Whatever is not here does not exist.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::Method,
    middleware::from_fn_with_state,
    routing::{MethodRouter, get, post},
};
use domain::rights::Right;

use super::{
    site::Site,
    visitor::{Need, guard},
};
use crate::api::presensi;
use crate::pages::{
    akun, aturan, beranda, bukti, cakupan, hari_ini, impor, jadwal, kalender, kartu, kemajuan, log, masuk,
    rekap, sandi, siapkan, terminal, tpp, undangan,
};

/// One row of the table.
pub struct Route {
    /// GET or POST.
    pub method: Method,
    /// Path with parameters in braces.
    pub path: &'static str,
    /// What the visitor must hold.
    pub need: Need,
    handler: MethodRouter<Site>,
}

fn see(path: &'static str, need: Need, handler: MethodRouter<Site>) -> Route {
    Route { method: Method::GET, path, need, handler }
}

fn act(path: &'static str, need: Need, handler: MethodRouter<Site>) -> Route {
    Route { method: Method::POST, path, need, handler }
}

/// The table.
pub fn table() -> Vec<Route> {
    use Need::{Device, Login, Public, Session};
    let right = Need::Right;
    let own_or = |other| Need::Either(Right::SeeOwn, other);
    vec![
        see("/", Public, get(beranda::handler::root)),
        see("/masuk", Public, get(masuk::handler::show)),
        act("/masuk", Public, post(masuk::handler::enter)),
        act("/keluar", Session, post(masuk::handler::leave)),
        act("/bahasa", Public, post(masuk::handler::language)),
        see("/siapkan/{token}", Public, get(siapkan::handler::show)),
        act("/siapkan/{token}", Public, post(siapkan::handler::complete)),
        see("/undangan/{token}", Public, get(undangan::handler::show)),
        act("/undangan/{token}", Public, post(undangan::handler::accept)),
        see("/sandi", Session, get(sandi::handler::show)),
        act("/sandi", Session, post(sandi::handler::change)),
        see("/beranda", Login, get(beranda::handler::show)),
        see("/hari-ini", right(Right::SeePresence), get(hari_ini::handler::show)),
        see("/hari-ini.xlsx", right(Right::SeePresence), get(hari_ini::handler::download)),
        see("/rekap", right(Right::SeePresence), get(rekap::handler::choose)),
        see("/rekap/{unit}/{month}/", right(Right::SeePresence), get(rekap::handler::show)),
        see("/rekap/{unit}/{month}/x2.xlsx", right(Right::SeePresence), get(rekap::handler::matrix)),
        see("/rekap/{unit}/{month}/x3.xlsx", right(Right::SeePresence), get(rekap::handler::recap)),
        act("/rekap/{unit}/{month}/kunci", right(Right::LockMonth), post(rekap::handler::lock)),
        act("/rekap/{unit}/{month}/verifikasi", right(Right::VerifyMonth), post(rekap::handler::verify)),
        act("/rekap/{unit}/{month}/buka", right(Right::VerifyMonth), post(rekap::handler::reopen)),
        see(
            "/rekap/{unit}/{month}/{person}/{day}",
            own_or(Right::SeePresence),
            get(rekap::day_handler::show),
        ),
        act(
            "/rekap/{unit}/{month}/{person}/{day}",
            right(Right::RecordStatus),
            post(rekap::day_handler::record),
        ),
        act(
            "/rekap/{unit}/{month}/{person}/{day}/cabut",
            right(Right::RecordStatus),
            post(rekap::revoke_handler::revoke),
        ),
        see("/tpp", right(Right::SeeTpp), get(tpp::handler::choose)),
        see("/tpp/{unit}/{month}/", right(Right::SeeTpp), get(tpp::handler::list)),
        see("/tpp/{unit}/{month}/x7.xlsx", right(Right::SeeTpp), get(tpp::handler::download)),
        see("/tpp/{unit}/{month}/{person}", own_or(Right::SeeTpp), get(tpp::handler::explain)),
        see("/cakupan", right(Right::SeeRollout), get(cakupan::handler::show)),
        see("/cakupan/{unit}", right(Right::SeeRollout), get(cakupan::handler::detail)),
        act("/cakupan/{unit}", right(Right::SetStage), post(cakupan::handler::set_stage)),
        see("/aturan", right(Right::SeeRules), get(aturan::handler::list)),
        act("/aturan/periksa", right(Right::SeeRules), post(aturan::handler::check)),
        see("/aturan/{key}", right(Right::SeeRules), get(aturan::handler::detail)),
        act("/aturan/{key}/aktifkan", right(Right::ManageRules), post(aturan::handler::activate)),
        see("/jadwal", right(Right::SeePresence), get(jadwal::handler::list)),
        see("/jadwal/{unit}/{month}/", right(Right::SeePresence), get(jadwal::unit_handler::show)),
        see("/jadwal/{unit}/{month}/roster.csv", right(Right::SeePresence), get(jadwal::unit_handler::table)),
        act("/jadwal/{unit}/{month}/tetapkan", right(Right::ManageRules), post(jadwal::unit_handler::assign)),
        act("/jadwal/{unit}/{month}/impor", right(Right::RecordStatus), post(jadwal::import_handler::look)),
        act(
            "/jadwal/{unit}/{month}/terapkan",
            right(Right::RecordStatus),
            post(jadwal::import_handler::apply),
        ),
        see("/jadwal/{unit}/{month}/{person}", right(Right::SeePresence), get(jadwal::person_handler::show)),
        act(
            "/jadwal/{unit}/{month}/{person}",
            right(Right::RecordStatus),
            post(jadwal::person_handler::save_shifts),
        ),
        act(
            "/jadwal/{unit}/{month}/{person}/jadwal",
            right(Right::ManageRules),
            post(jadwal::person_handler::assign),
        ),
        act(
            "/jadwal/{unit}/{month}/{person}/regu",
            right(Right::RecordStatus),
            post(jadwal::person_handler::set_group),
        ),
        see("/kalender", Login, get(kalender::handler::show)),
        act("/kalender/hari", right(Right::ManageRules), post(kalender::handler::add_day)),
        act("/kalender/ramadan", right(Right::ManageRules), post(kalender::handler::add_ramadan)),
        see("/kalender/{key}", Login, get(kalender::entry_handler::show)),
        act("/kalender/{key}/cabut", right(Right::ManageRules), post(kalender::entry_handler::revoke)),
        see("/terminal", right(Right::SeeTerminals), get(terminal::handler::list)),
        act("/terminal/setujui", right(Right::ManageTerminals), post(terminal::handler::approve)),
        act("/terminal/tolak", right(Right::ManageTerminals), post(terminal::handler::reject)),
        act("/terminal/buka", right(Right::ManageTerminals), post(terminal::handler::reopen)),
        see("/terminal/{key}", right(Right::SeeTerminals), get(terminal::detail_handler::show)),
        act("/terminal/{key}/pin", right(Right::MapPins), post(terminal::detail_handler::map_pin)),
        act(
            "/terminal/{key}/perintah",
            right(Right::ManageTerminals),
            post(terminal::detail_handler::command),
        ),
        see("/pegawai/contoh.xlsx", right(Right::ManageEmployees), get(impor::handler::sample)),
        see("/pegawai/impor", right(Right::ManageEmployees), get(impor::handler::list)),
        act("/pegawai/impor", right(Right::ManageEmployees), post(impor::handler::upload)),
        see("/pegawai/impor/{key}", right(Right::ManageEmployees), get(impor::handler::show)),
        see("/pegawai/impor/{key}/salah.xlsx", right(Right::ManageEmployees), get(impor::handler::bad)),
        act("/pegawai/impor/{key}/terapkan", right(Right::ManageEmployees), post(impor::handler::apply)),
        act("/pegawai/impor/{key}/buang", right(Right::ManageEmployees), post(impor::handler::discard)),
        act("/pegawai/impor/{key}/batal", right(Right::ManageEmployees), post(impor::handler::undo)),
        see("/pekerjaan/{key}", right(Right::ManageEmployees), get(kemajuan::handler::show)),
        see("/akun", right(Right::ManageAccounts), get(akun::handler::show)),
        see("/akun/baru", right(Right::ManageAccounts), get(akun::create_handler::show)),
        act("/akun/baru", right(Right::ManageAccounts), post(akun::create_handler::create)),
        see("/akun/{key}", right(Right::ManageAccounts), get(akun::detail_handler::show)),
        act("/akun/{key}/kunci", right(Right::ManageAccounts), post(akun::detail_handler::lock)),
        act("/akun/{key}/buka", right(Right::ManageAccounts), post(akun::detail_handler::unlock)),
        act("/akun/{key}/sesi", right(Right::ManageAccounts), post(akun::detail_handler::end_sessions)),
        act("/akun/{key}/tautan", right(Right::ManageAccounts), post(akun::detail_handler::new_link)),
        act("/akun/{key}/peran", right(Right::ManageAccounts), post(akun::detail_handler::give_role)),
        act("/akun/{key}/cabut", right(Right::ManageAccounts), post(akun::detail_handler::take_role)),
        act(
            "/api/presensi",
            Device,
            post(presensi::handler::take).layer(DefaultBodyLimit::max(presensi::handler::MOST)),
        ),
        see("/bukti/{key}", own_or(Right::SeePresence), get(bukti::handler::show)),
        see("/bukti/{key}/resi", own_or(Right::SeePresence), get(bukti::handler::download)),
        see("/bukti/{key}/isi", right(Right::SeeOwn), get(bukti::opening_handler::download)),
        see("/log/{tenant}/checkpoint", Public, get(log::mirror_handler::checkpoint)),
        see("/log/{tenant}/checkpoint.cosigned", Public, get(log::mirror_handler::cosigned)),
        see("/log/{tenant}/tile/{*rest}", Public, get(log::mirror_handler::tile)),
        see("/log", Public, get(log::handler::show)),
        see("/log/{tenant}/konsistensi", Public, get(log::consistency_handler::show)),
        see("/log/{tenant}/harian", Public, get(log::mirror_handler::day)),
        see("/log/{tenant}/vkey", Public, get(log::mirror_handler::vkey)),
        see("/log/{tenant}/{generation}/{*rest}", Public, get(log::mirror_handler::numbered)),
        see("/kartu", right(Right::SeeOwn), get(kartu::handler::mine)),
        see("/kartu/{person}/{month}", own_or(Right::SeePresence), get(kartu::handler::show)),
    ]
}

/// The router over the rows for people.
pub fn pages(site: &Site) -> Router<Site> {
    router(site, |route| route.need != Need::Device)
}

/// The router over the rows for devices.
pub fn devices(site: &Site) -> Router<Site> {
    router(site, |route| route.need == Need::Device)
}

fn router(site: &Site, wanted: impl Fn(&Route) -> bool) -> Router<Site> {
    table().into_iter().filter(wanted).fold(Router::new(), |router, route| {
        let guarded = route.handler.route_layer(from_fn_with_state((site.clone(), route.need), guard));
        router.route(route.path, guarded)
    })
}
